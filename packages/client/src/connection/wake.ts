import type { Environment } from '../environment.ts'

const TICK_MS = 5_000
/** Longer than any throttled timer of a hidden tab: the machine slept, and its sockets are dead. */
const SLEPT_MS = 150_000
const AWAY_MS = 5_000
/** A lost event is noticed by the next one. In a quiet room nothing comes next, so somebody who looks asks. */
export const LOOK_EVERY_MS = 60_000

/** Tells when this client may have missed something without the socket noticing; answers what ends that. */
export function watchWake(options: {
  environment: Environment
  lookEveryMs: number
  tick: () => void
  /** Nobody could look, or the network was gone. */
  woke: () => void
  slept: () => void
  /** Nothing happened for a while; it may only seem so. */
  look: () => void
  network: () => void
}): () => void {
  const { environment, lookEveryMs, ...on } = options
  const { clock, isHidden, isOnline, onNetwork, onVisibility } = environment
  const tickMs = Math.min(TICK_MS, lookEveryMs)
  let ticked = moment()
  let hiddenAt = moment()
  // Everybody at a moment of their own.
  let lookedAt = clock.now() - Math.random() * lookEveryMs
  let stopTick = clock.after(tickMs, tick)

  function tick(): void {
    const slept = since(ticked) > SLEPT_MS
    ticked = moment()
    stopTick = clock.after(tickMs, tick)
    if (slept) on.slept()
    on.tick()
    if (isHidden() || clock.now() - lookedAt < lookEveryMs) return
    lookedAt = clock.now()
    on.look()
  }

  const stopVisibility = onVisibility(() => {
    if (isHidden()) hiddenAt = moment()
    else if (since(hiddenAt) > AWAY_MS) on.woke()
  })
  const stopNetwork = onNetwork(() => {
    on.network()
    if (isOnline()) on.woke()
  })

  function moment(): Moment {
    return { wall: Date.now(), even: clock.now() }
  }

  /**
   * The longer of two measures: in most browsers the even one stands still while the machine sleeps, and the clock on the
   * wall may be put back meanwhile. One that is put forward only makes us look once too often.
   */
  function since({ wall, even }: Moment): number {
    return Math.max(Date.now() - wall, clock.now() - even)
  }

  return () => {
    stopTick()
    stopVisibility()
    stopNetwork()
  }
}

interface Moment {
  wall: number
  even: number
}
