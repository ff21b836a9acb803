import type { Environment } from '../environment.ts'
import type { Arrival } from '../replica/replica.ts'

/** As long as a frame of most screens. */
const FRAME_MS = 16

/**
 * Gathers the events of a frame, because handling them together changes what is on the screen once. After a pause they are
 * handled as soon as those that have already arrived are there: at the beginning of a frame, that frame would be drawn
 * without their changes, and another one for these.
 */
export interface EventFrames {
  add: (event: Arrival) => void
  /** Handles nothing any more; what has been gathered is dropped. */
  close: () => void
}

export function createEventFrames(options: {
  environment: Pick<Environment, 'clock' | 'frame'>
  /** Receives the events of a frame in the order in which they arrived. */
  handle: (events: readonly Arrival[]) => void
}): EventFrames {
  const { environment, handle } = options
  const { clock, frame } = environment
  let events: Arrival[] = []
  let cancel: (() => void) | undefined
  let isClosed = false
  let handledAt = -Infinity

  function schedule(): () => void {
    return clock.now() - handledAt > FRAME_MS ? clock.after(0, flush) : frame(flush)
  }

  function flush(): void {
    cancel = undefined
    handledAt = clock.now()
    const gathered = events
    events = []
    handle(gathered)
  }

  return {
    add: (event) => {
      if (isClosed) return
      events.push(event)
      cancel ??= schedule()
    },
    close: () => {
      isClosed = true
      events = []
      cancel?.()
    },
  }
}
