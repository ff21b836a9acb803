import type { Clock } from '../environment.ts'
import type { Target } from '../replica/my-streams.ts'
import { createPace } from './pace.ts'
import { createTimer } from './timer.ts'

const GATHER_MS = 100
/** Otherwise somebody who can publish to a channel could make all its subscribers fetch without limit. */
const PACE = { free: 20, firstMs: 500, maxMs: 4_000, quietMs: 10_000 }
const FETCH = 'fetch'
const RETRY_FIRST_MS = 500
const RETRY_MAX_MS = 30_000

export interface CatchUp {
  /** Fetches soon, together with whatever else is requested until then. */
  request: (...targets: Target[]) => void
  /** Fetches at once; settles when everything requested so far was fetched or failed. */
  now: (...targets: Target[]) => Promise<void>
  /** Whether something is known to be missing. */
  isBehind: () => boolean
  close: () => void
}

export interface CatchUpOptions {
  clock: Clock
  fetchMissing: (targets: ReadonlySet<Target>) => Promise<void>
  onChange: () => void
}

/** Collects what is missing and fetches it, one fetch at a time, with retries until it succeeds. */
export function createCatchUp(options: CatchUpOptions): CatchUp {
  const { clock, fetchMissing, onChange } = options
  const pace = createPace({ clock, ...PACE })
  let missing = new Set<Target>()
  let fetching: Promise<void> | undefined
  const timer = createTimer(clock)
  let failures = 0
  let closed = false

  function request(...targets: Target[]): void {
    for (const target of targets) missing.add(target)
    shortenBackoff()
    schedule()
    onChange()
  }

  /** An event arrived, so the server may be back: after many failures, start again with a short wait. */
  function shortenBackoff(): void {
    if (failures <= 1) return
    failures = 1
    timer.stop()
  }

  function schedule(): void {
    if (closed || fetching || timer.isOn() || missing.size === 0) return
    timer.start(waitMs(failures, pace.waitMs(FETCH)), () => void start())
  }

  function start(): Promise<void> {
    timer.stop()
    pace.count(FETCH)
    const targets = missing
    missing = new Set()
    fetching = fetchOnce(targets)
    return fetching
  }

  async function fetchOnce(targets: ReadonlySet<Target>): Promise<void> {
    try {
      await fetchMissing(targets)
      failures = 0
    } catch {
      failures += 1
      for (const target of targets) missing.add(target)
    }
    fetching = undefined
    schedule()
    if (!closed) onChange()
  }

  async function now(...targets: Target[]): Promise<void> {
    for (const target of targets) missing.add(target)
    await fetching
    // The next fetch may have started already, and includes these targets.
    if (fetching) return fetching
    if (missing.size > 0 && !closed) await start()
  }

  return {
    request,
    now,
    isBehind: () => fetching !== undefined || missing.size > 0,
    close: () => {
      closed = true
      timer.stop()
    },
  }
}

/** The wait before the next fetch: to collect requests, or after failures the backoff. */
function waitMs(failures: number, paceMs: number): number {
  if (failures === 0) return Math.max(GATHER_MS, paceMs)
  const backoff = Math.min(RETRY_FIRST_MS * 2 ** (failures - 1), RETRY_MAX_MS)
  return backoff * (0.5 + Math.random() / 2)
}
