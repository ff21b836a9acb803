const TICK_MS = 5_000
/** Longer than any throttled timer of a hidden tab: the machine slept, and its sockets are dead. */
const SLEPT_MS = 150_000
const AWAY_MS = 5_000
/** A lost event is noticed by the next one. In a quiet room nothing comes next, so somebody who looks asks. */
const LOOK_EVERY_MS = 60_000

/** Tells when this page may have missed something without the socket noticing. */
export function watchWake(on: {
  tick: () => void
  /** The page was out of sight, or the network was gone. */
  woke: () => void
  slept: () => void
  /** Nothing happened for a while; it may only seem so. */
  look: () => void
  network: () => void
}): () => void {
  let ticked = now()
  let hiddenAt = now()
  // Everybody at a moment of their own.
  let lookedAt = performance.now() - Math.random() * LOOK_EVERY_MS
  const timer = setInterval(() => {
    const slept = since(ticked) > SLEPT_MS
    ticked = now()
    if (slept) on.slept()
    on.tick()
    if (document.hidden || performance.now() - lookedAt < LOOK_EVERY_MS) return
    lookedAt = performance.now()
    on.look()
  }, TICK_MS)
  const stop = new AbortController()
  const { signal } = stop
  document.addEventListener(
    'visibilitychange',
    () => {
      if (document.hidden) hiddenAt = now()
      else if (since(hiddenAt) > AWAY_MS) on.woke()
    },
    { signal },
  )
  window.addEventListener('online', () => (on.network(), on.woke()), { signal })
  window.addEventListener('offline', on.network, { signal })
  return () => {
    clearInterval(timer)
    stop.abort()
  }
}

interface Moment {
  wall: number
  even: number
}

function now(): Moment {
  return { wall: Date.now(), even: performance.now() }
}

/**
 * The longer of two measures: in most browsers the even one stands still while the machine sleeps, and the clock on the
 * wall may be put back meanwhile. One that is put forward only makes us look once too often.
 */
function since(moment: Moment): number {
  return Math.max(Date.now() - moment.wall, performance.now() - moment.even)
}
