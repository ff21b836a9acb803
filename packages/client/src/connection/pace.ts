import type { Clock } from '../environment.ts'

/** Limits repetitions by key: the first few have no wait, then the wait doubles, until a quiet period resets it. */
export interface Pace {
  /** How long the next repetition has to wait, in ms; 0 when it may happen now. */
  waitMs: (key: string) => number
  /** Counts a repetition that happens now. */
  count: (key: string) => void
  forget: () => void
}

export function createPace(options: {
  clock: Clock
  free: number
  firstMs: number
  maxMs: number
  quietMs: number
}): Pace {
  const { clock, free, firstMs, maxMs, quietMs } = options
  const latest = new Map<string, { times: number; at: number }>()

  function waitMs(key: string): number {
    const last = latest.get(key)
    if (!last || last.times < free) return 0
    const wait = Math.min(firstMs * 2 ** (last.times - free), maxMs)
    return Math.max(0, last.at + wait - clock.now())
  }

  function count(key: string): void {
    const last = latest.get(key)
    const wasQuiet = !last || clock.now() - last.at > quietMs
    latest.set(key, { times: wasQuiet ? 1 : last.times + 1, at: clock.now() })
  }

  return { waitMs, count, forget: () => latest.clear() }
}
