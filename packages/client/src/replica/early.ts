import type { Channel } from '@conclave/shared/channels'

/** More than come while one answer is awaited. */
const KEEP_MAX = 200

interface Early {
  channel: Channel
  wire: unknown
}

/** Events that came while what is missing before them was under way. */
export interface EarlyEvents {
  /** Answers whether it is kept: not when there are too many. */
  keep: (channel: Channel, wire: unknown) => boolean
  /** All that were kept, in their order; they are kept no longer. */
  takeAll: () => Early[]
}

export function createEarlyEvents(): EarlyEvents {
  let events: Early[] = []
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
