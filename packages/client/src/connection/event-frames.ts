import type { Environment } from '../environment.ts'
import type { Arrival } from '../replica/replica.ts'

/** Gathers the events of a frame, because handling them together changes what is on the screen once. */
export interface EventFrames {
  add: (event: Arrival) => void
  /** Handles nothing any more; what has been gathered is dropped. */
  close: () => void
}

export function createEventFrames(options: {
  frame: Environment['frame']
  /** Receives the events of a frame in the order in which they arrived. */
  handle: (events: readonly Arrival[]) => void
}): EventFrames {
  const { frame, handle } = options
  let events: Arrival[] = []
  let cancel: (() => void) | undefined
  let isClosed = false

  function flush(): void {
    cancel = undefined
    const gathered = events
    events = []
    handle(gathered)
  }

  return {
    add: (event) => {
      if (isClosed) return
      events.push(event)
      cancel ??= frame(flush)
    },
    close: () => {
      isClosed = true
      events = []
      cancel?.()
    },
  }
}
