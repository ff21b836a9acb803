import type { Environment } from '../environment.ts'

const TICK_MS = 5_000
/** Longer than any throttled timer of a hidden tab: the machine must have slept, and its sockets are dead. */
const SLEPT_MS = 150_000
const AWAY_MS = 5_000
/** The next event shows that one was lost. In a quiet room there is none, so a visible page checks. */
export const CHECK_EVERY_MS = 60_000

/** Detects when this client may have missed events without its socket noticing. Returns how to stop. */
export function watchWake(options: {
  environment: Environment
  checkEveryMs: number
  onTick: () => void
  /** The page is visible again, or the network is back. */
  onReturn: () => void
  /** The machine slept. */
  onSlept: () => void
  /** It is time to check for lost events. */
  onCheckDue: () => void
  onNetworkChange: () => void
}): () => void {
  const { environment, checkEveryMs, ...on } = options
  const { clock, isHidden, isOnline, onNetwork, onVisibility } = environment
  const tickMs = Math.min(TICK_MS, checkEveryMs)
  let ticked = moment()
  let hiddenAt = moment()
  // Jitter, so that not all clients check at the same moment.
  let checkedAt = clock.now() - Math.random() * checkEveryMs
  let stopTick = clock.after(tickMs, tick)

  function tick(): void {
    const slept = since(ticked) > SLEPT_MS
    ticked = moment()
    stopTick = clock.after(tickMs, tick)
    if (slept) on.onSlept()
    on.onTick()
    if (isHidden() || clock.now() - checkedAt < checkEveryMs) return
    checkedAt = clock.now()
    on.onCheckDue()
  }

  const stopVisibility = onVisibility(() => {
    if (isHidden()) hiddenAt = moment()
    else if (since(hiddenAt) > AWAY_MS) on.onReturn()
  })
  const stopNetwork = onNetwork(() => {
    on.onNetworkChange()
    if (isOnline()) on.onReturn()
  })

  function moment(): Moment {
    return { wall: Date.now(), monotonic: clock.now() }
  }

  /**
   * The longer of two measures: in most browsers the monotonic clock stops while the machine sleeps, and the wall clock
   * may be set back. A wall clock that is set forward only causes one check too many.
   */
  function since({ wall, monotonic }: Moment): number {
    return Math.max(Date.now() - wall, clock.now() - monotonic)
  }

  return () => {
    stopTick()
    stopVisibility()
    stopNetwork()
  }
}

interface Moment {
  wall: number
  monotonic: number
}
