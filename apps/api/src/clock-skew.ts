import type { FastifyBaseLogger } from 'fastify'

/** Smaller differences are ignored: a `Date` header has whole seconds, and a response takes a moment. */
const IGNORED_SECONDS = 2
/** Up to this difference tokens are checked by the issuer's clock. A larger one is not trusted. */
export const BELIEVED_SECONDS = 120

/** The clocks that ours is compared with. */
type OtherClock = 'sign-in' | 'database'

/** How far this machine's clock is off from those of the issuer and the database. */
export interface Clock {
  /** Seconds since 1970 by the issuer's clock, as far as it is known: a token's times are by that clock. */
  issuerSeconds(): number
  /**
   * Records what the other's clock says. The response has just arrived; `askedAtMs` is when it was requested, by
   * `performance.now()`.
   */
  compare(other: OtherClock, theirMs: number, askedAtMs: number): void
  /** How many seconds our clock is behind the other; negative when ahead, undefined when unknown. */
  behind(other: OtherClock): number | undefined
}

interface Comparison {
  seconds: number
  /** Our clock minus a monotonic one: if this changes, our clock has been set. */
  startOfTimeMs: number
}

export function createClock({
  log,
  now = Date.now,
}: {
  log: FastifyBaseLogger
  /** Our own clock, in milliseconds. */
  now?: () => number
}): Clock {
  const comparisons = new Map<OtherClock, Comparison>()

  function compare(other: OtherClock, theirMs: number, askedAtMs: number): void {
    const tookMs = performance.now() - askedAtMs
    const seconds = Math.round((theirMs - (now() - tookMs / 2)) / 100) / 10
    const before = behind(other)
    comparisons.set(other, { seconds, startOfTimeMs: startOfTime() })
    const hasChanged = before === undefined || Math.abs(before - seconds) > IGNORED_SECONDS
    if (hasChanged && isOff(seconds)) log.warn({ other, seconds }, warningOf(other, seconds))
    if (hasChanged && before !== undefined && !isOff(seconds) && isOff(before))
      log.info({ other }, `the clock of this machine agrees with that of ${other} again`)
  }

  function behind(other: OtherClock): number | undefined {
    const entry = comparisons.get(other)
    if (!entry) return undefined
    // Our clock has been set since then, so the old comparison is void.
    if (Math.abs(startOfTime() - entry.startOfTimeMs) > IGNORED_SECONDS * 1000) return undefined
    return entry.seconds
  }

  function issuerSeconds(): number {
    const seconds = behind('sign-in') ?? 0
    const isBelieved = isOff(seconds) && Math.abs(seconds) <= BELIEVED_SECONDS
    return now() / 1000 + (isBelieved ? seconds : 0)
  }

  function startOfTime(): number {
    return now() - performance.now()
  }

  return { issuerSeconds, compare, behind }
}

function isOff(seconds: number): boolean {
  return Math.abs(seconds) > IGNORED_SECONDS
}

function warningOf(other: OtherClock, seconds: number): string {
  const difference = `${Math.abs(seconds)} s ${seconds > 0 ? 'behind' : 'ahead of'} that of`
  return other === 'sign-in'
    ? `the clock of this machine is ${difference} the Auth0 tenant: set it (NTP), or people may be signed out at once`
    : `the clock of this machine is ${difference} the database: set both (NTP), or taking access away may miss recent tokens`
}
