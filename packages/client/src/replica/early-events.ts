import type { Channel } from '@conclave/shared/channels'

/** More than usually arrive during one request. */
const KEEP_MAX = 200

interface EarlyEvent {
  channel: Channel
  wire: unknown
}

/** Events that arrived while the events before them were being fetched. */
export interface EarlyEvents {
  /** Returns false, and keeps nothing, when there are too many. */
  keep: (channel: Channel, wire: unknown) => boolean
  /** Returns and removes all kept events, in order. */
  takeAll: () => EarlyEvent[]
}

export function createEarlyEvents(): EarlyEvents {
  let events: EarlyEvent[] = []
  return {
    keep: (channel, wire) => {
      if (events.length === KEEP_MAX) return false
      events.push({ channel, wire })
      return true
    },
    takeAll: () => {
      const kept = events
      events = []
      return kept
    },
  }
}
