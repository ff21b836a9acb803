import type { Clock } from '../environment.ts'
import type { Health } from './api-health.ts'
import { createTimer } from './timer.ts'

const FIRST_MS = 3_000
const MAX_MS = 30_000
const HIDDEN_MS = 120_000
const GROWTH = 1.5

export interface Polling {
  /** Polls from now on, because there is no socket. Does nothing if it is polling already. */
  start: () => void
  stop: () => void
  /** Something happened on this client: polls soon, and often for a while. */
  hurry: () => void
}

/**
 * Polls over HTTP while there is no socket, with growing waits as long as nothing is new, and with jitter. `poll`
 * resolves to whether something was new.
 */
export function createPolling(options: {
  clock: Clock
  health: Pick<Health, 'check'>
  poll: () => Promise<boolean>
  isHidden: () => boolean
}): Polling {
  const { clock, health, poll, isHidden } = options
  let wait = FIRST_MS
  let isOn = false
  let isPolling = false
  const timer = createTimer(clock)

  function schedule(): void {
    timer.stop()
    if (!isOn || isPolling) return
    const ms = isHidden() ? HIDDEN_MS : wait
    timer.start(ms * (0.75 + Math.random() / 4), () => void pollOnce())
  }

  async function pollOnce(): Promise<void> {
    isPolling = true
    // A failed poll counts as nothing new.
    const isNews = await poll().catch(() => false)
    isPolling = false
    wait = isNews ? FIRST_MS : Math.min(wait * GROWTH, MAX_MS)
    schedule()
  }

  return {
    start: () => {
      if (isOn) return
      isOn = true
      wait = FIRST_MS
      schedule()
      // Whatever took the broker may have taken the api too, and then nothing is sent.
      void health.check()
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
