import type { Environment } from '@conclave/client/environment'
import { sha256 } from './sha256.ts'

/** A browser draws nothing in a page that is hidden or covered, and then runs no animation frames either. */
const FRAME_MAX_MS = 32

/** What a client needs, as a browser has it. */
export const browserEnvironment: Environment = {
  clock: {
    now: () => performance.now(),
    after: (ms, run) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
  },
  sha256,
  frame: (run) => {
    const once = (): void => {
      cancel()
      run()
    }
    const frame = requestAnimationFrame(once)
    const timer = setTimeout(once, FRAME_MAX_MS)
    function cancel(): void {
      cancelAnimationFrame(frame)
      clearTimeout(timer)
    }
    return cancel
  },
  isOnline: () => navigator.onLine,
  isHidden: () => document.hidden,
  onNetwork: (listener) => {
    const stop = new AbortController()
    for (const event of ['online', 'offline'])
      window.addEventListener(event, listener, { signal: stop.signal })
    return () => stop.abort()
  },
  onVisibility: (listener) => {
    document.addEventListener('visibilitychange', listener)
    return () => document.removeEventListener('visibilitychange', listener)
  },
}
