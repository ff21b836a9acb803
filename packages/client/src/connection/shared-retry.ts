import type { Clock } from '../environment.ts'
import { createTimer } from './timer.ts'

/** One timer for everything that waits to be retried, so that it is retried together. */
export interface SharedRetry {
  /** Retries after at most so long, together with what waits already. */
  within: (ms: number) => void
  stop: () => void
}

export function createSharedRetry(clock: Clock, retry: () => void): SharedRetry {
  const timer = createTimer(clock)
  let dueAt = Infinity

  return {
    within: (ms) => {
      if (timer.isOn() && dueAt <= clock.now() + ms) return
      dueAt = clock.now() + ms
      timer.start(ms, retry)
    },
    stop: timer.stop,
  }
}
