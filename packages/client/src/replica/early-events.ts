/** More than usually arrive during one request. */
const KEEP_MAX = 200

/** Events that arrived while the events before them were being fetched. */
export interface EarlyEvents<Event> {
  /** Returns false, and keeps nothing, when there are too many. */
  keep: (event: Event) => boolean
  /** Returns and removes all kept events, in order. */
  takeAll: () => Event[]
}

export function createEarlyEvents<Event>(): EarlyEvents<Event> {
  const events: Event[] = []
  return {
    keep: (event) => {
      if (events.length === KEEP_MAX) return false
      events.push(event)
      return true
    },
    takeAll: () => events.splice(0),
  }
}
