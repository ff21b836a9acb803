import type { Channel } from '@conclave/shared/channels'

/** More than come while one answer is awaited; whatever is not kept is asked for. */
const KEEP_MAX = 200

interface Early {
  channel: Channel
  wire: unknown
}

/** Events that came before what is missing had been fetched. */
export interface EarlyEvents {
  keep: (channel: Channel, wire: unknown) => void
  /** All that were kept, in their order; they are kept no longer. */
  takeAll: () => Early[]
}

export function createEarlyEvents(): EarlyEvents {
  let events: Early[] = []
  return {
    keep: (channel, wire) => {
      if (events.length < KEEP_MAX) events.push({ channel, wire })
    },
    takeAll: () => {
      const kept = events
      events = []
      return kept
    },
  }
}
