import { createContext, use, useCallback, useEffect, useState } from 'react'

/** So long nobody has scrolled a list that is calm; and so long a row waits at least. */
const CALM_AFTER_MS = 100
/** How many rows are completed between two frames, so that none of these takes long. */
const AT_A_TIME = 8
/** How many rows that come while it is calm are complete from the beginning: who reads a new message may go to it at once. */
const AT_ONCE = 2
const FRAME_MS = 16

/** What rows can do without while the list moves is done once it is calm, for a few rows at a time. */
export interface Calm {
  /** Whether a row that comes now need not wait. */
  isNow: () => boolean
  /** Calls back once it is calm; returns what takes that back. */
  wait: (then: () => void) => () => void
  /** The reader scrolls. */
  disturb: () => void
}

export function createCalm(): Calm {
  const waiting = new Set<() => void>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let disturbedAt = -Infinity
  let cameAt = -Infinity
  let came = 0

  function proceed(): void {
    const wait = disturbedAt + CALM_AFTER_MS - performance.now()
    if (wait <= 0) {
      const next = [...waiting].slice(0, AT_A_TIME)
      for (const then of next) {
        waiting.delete(then)
        then()
      }
    }
    timer = waiting.size > 0 ? setTimeout(proceed, Math.max(FRAME_MS, wait)) : undefined
  }

  return {
    isNow: () => {
      const now = performance.now()
      if (now - cameAt > CALM_AFTER_MS) came = 0
      came += 1
      cameAt = now
      return came <= AT_ONCE && now - disturbedAt > CALM_AFTER_MS
    },
    disturb: () => {
      disturbedAt = performance.now()
    },
    // That rows come disturbs nobody: in a busy room they always do.
    wait: (then) => {
      waiting.add(then)
      timer ??= setTimeout(proceed, CALM_AFTER_MS)
      return () => waiting.delete(then)
    },
  }
}

export const CalmContext = createContext<Calm | undefined>(undefined)

/** Whether it has been calm since this was mounted, or `now` was called; without a list, it always is. */
export function useOnceCalm(): [isCalm: boolean, now: () => void] {
  const calm = use(CalmContext)
  const [isCalm, setIsCalm] = useState(() => calm?.isNow() ?? true)
  const now = useCallback(() => setIsCalm(true), [])
  useEffect(() => (isCalm ? undefined : calm?.wait(now)), [calm, isCalm, now])
  return [isCalm, now]
}
