import { backoffMs } from './backoff.ts'

/** A pause after a failure, longer after each. */
export interface Pause {
  begin(failures: number): void
  isOn(): boolean
  /** Ends it, and nothing goes on. */
  cancel(): void
}

export function createPause(times: { firstMs: number; maxMs: number }, goOn: () => void): Pause {
  let timer: NodeJS.Timeout | undefined
  return {
    begin(failures) {
      clearTimeout(timer)
      timer = setTimeout(
        () => {
          timer = undefined
          goOn()
        },
        backoffMs(failures, times),
      )
    },
    isOn: () => timer !== undefined,
    cancel() {
      clearTimeout(timer)
      timer = undefined
    },
  }
}
