import type { Clock } from '../environment.ts'
import type { Place } from '../replica/my-streams.ts'
import { createPace } from './pace.ts'
import { createTimer } from './timer.ts'

const GATHER_MS = 100
/** Somebody who can write into a channel could otherwise keep all its readers asking without end. */
const PACE = { free: 20, firstMs: 500, maxMs: 4_000, quietMs: 10_000 }
const FLIGHT = 'flight'
const RETRY_FIRST_MS = 500
const RETRY_MAX_MS = 30_000

export interface CatchUp {
  /** Soon, and together with whatever else is asked for meanwhile. */
  request: (...places: Place[]) => void
  /** At once; settles when everything asked for until now was fetched or could not be. */
  now: (...places: Place[]) => Promise<void>
  /** Whether something is known to be missing. */
  isBehind: () => boolean
  close: () => void
}

export interface CatchUpOptions {
  clock: Clock
  fetchMissing: (places: ReadonlySet<Place>) => Promise<void>
  onChange: () => void
}

/** Gathers what is missing and fetches it, one flight at a time, until it succeeds. */
export function createCatchUp(options: CatchUpOptions): CatchUp {
  const { clock, fetchMissing, onChange } = options
  const pace = createPace({ clock, ...PACE })
  let missing = new Set<Place>()
  let flight: Promise<void> | undefined
  const timer = createTimer(clock)
  let failures = 0
  let closed = false

  function request(...places: Place[]): void {
    for (const place of places) missing.add(place)
    soonAgain()
    schedule()
    onChange()
  }

  /** Something was heard, so the server may be back: a long wait after many failures becomes a short one. */
  function soonAgain(): void {
    if (failures <= 1) return
    failures = 1
    timer.stop()
  }

  function schedule(): void {
    if (closed || flight || timer.isOn() || missing.size === 0) return
    timer.start(waitMs(failures, pace.waitMs(FLIGHT)), () => void fly())
  }

  function fly(): Promise<void> {
    timer.stop()
    pace.count(FLIGHT)
    const places = missing
    missing = new Set()
    flight = land(places)
    return flight
  }

  async function land(places: ReadonlySet<Place>): Promise<void> {
    try {
      await fetchMissing(places)
      failures = 0
    } catch {
      failures += 1
      for (const place of places) missing.add(place)
    }
    flight = undefined
    schedule()
    if (!closed) onChange()
  }

  async function now(...places: Place[]): Promise<void> {
    for (const place of places) missing.add(place)
    await flight
    // Landed, and perhaps already in the air again with what was asked for here.
    if (flight) return flight
    if (missing.size > 0 && !closed) await fly()
  }

  return {
    request,
    now,
    isBehind: () => flight !== undefined || missing.size > 0,
    close: () => {
      closed = true
      timer.stop()
    },
  }
}

/** How long the next flight waits: to gather, or after failures longer and longer. */
function waitMs(failures: number, paceMs: number): number {
  if (failures === 0) return Math.max(GATHER_MS, paceMs)
  const backoff = Math.min(RETRY_FIRST_MS * 2 ** (failures - 1), RETRY_MAX_MS)
  return backoff * (0.5 + Math.random() / 2)
}
