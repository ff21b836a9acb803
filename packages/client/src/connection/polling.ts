import type { Clock } from '../environment.ts'
import { createTimer } from './timer.ts'

const FIRST_MS = 3_000
const MAX_MS = 30_000
const HIDDEN_MS = 120_000
const GROWTH = 1.5

export interface Polling {
  /** There is no socket: ask from now on. Does nothing while it asks already. */
  start: () => void
  stop: () => void
  /** Something happens here: ask soon, and often for a while. */
  hurry: () => void
}

/**
 * Asks over HTTP while there is no socket, slower and slower as long as nothing comes. Everybody at a moment of their
 * own. `poll` says whether something came.
 */
export function createPolling(options: {
  clock: Clock
  poll: () => Promise<boolean>
  isHidden: () => boolean
}): Polling {
  const { clock, poll, isHidden } = options
  let wait = FIRST_MS
  let isOn = false
  let isAsking = false
  const timer = createTimer(clock)

  function schedule(): void {
    timer.stop()
    if (!isOn || isAsking) return
    const ms = isHidden() ? HIDDEN_MS : wait
    timer.start(ms * (0.75 + Math.random() / 4), () => void ask())
  }

  async function ask(): Promise<void> {
    isAsking = true
    // What could not be fetched is as quiet as nothing.
    const came = await poll().catch(() => false)
    isAsking = false
    wait = came ? FIRST_MS : Math.min(wait * GROWTH, MAX_MS)
    schedule()
  }

  return {
    start: () => {
      if (isOn) return
      isOn = true
      wait = FIRST_MS
      schedule()
    },
    stop: () => {
      isOn = false
      timer.stop()
    },
    hurry: () => {
      if (!isOn || wait === FIRST_MS) return
      wait = FIRST_MS
      schedule()
    },
  }
}
