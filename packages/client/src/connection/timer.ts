import type { Clock } from '../environment.ts'

/** A timeout that is pending at most once. */
export interface Timer {
  /** Starts the timeout, and cancels a pending one. */
  start: (ms: number, run: () => void) => void
  stop: () => void
  isOn: () => boolean
}

export function createTimer(clock: Clock): Timer {
  let cancel: (() => void) | undefined

  function stop(): void {
    cancel?.()
    cancel = undefined
  }

  return {
    start: (ms, run) => {
      stop()
      cancel = clock.after(ms, () => {
        cancel = undefined
        run()
      })
    },
    stop,
    isOn: () => cancel !== undefined,
  }
}
