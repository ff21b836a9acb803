import type { Clock } from '../environment.ts'

/** At most one thing that is waited for. */
export interface Timer {
  /** Waits for this, and no longer for what it waited for before. */
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
