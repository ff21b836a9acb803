import type { FastifyBaseLogger } from 'fastify'

/** From here on it is said, and believed: a `Date` header has whole seconds, and an answer takes a moment. */
const TELLING_SECONDS = 2
/** By how much a clock of ours may be wrong for tokens to be judged by the issuer's in its place. */
export const BELIEVED_SECONDS = 120

/** Whose clock ours is compared with. */
export type Other = 'sign-in' | 'database'

/** How our clock stands to those whose times we judge by. */
export interface Clock {
  /** Seconds since 1970 as the issuer counts them, as far as that is known: a token's times are by its clock. */
  issuerSeconds(): number
  /** Takes what another says the time is; `askedAtMs` is by `performance.now()`, and the answer came just now. */
  note(other: Other, theirMs: number, askedAtMs: number): void
  /** By how many seconds our clock is behind theirs; negative when ahead, undefined when it is not known. */
  behind(other: Other): number | undefined
}

interface Noted {
  seconds: number
  /** What our clock said beside one that is never set: if that changes, ours was set meanwhile. */
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
  const noted = new Map<Other, Noted>()

  function note(other: Other, theirMs: number, askedAtMs: number): void {
    const tookMs = performance.now() - askedAtMs
    const seconds = Math.round((theirMs - (now() - tookMs / 2)) / 100) / 10
    const before = behind(other)
    noted.set(other, { seconds, startOfTimeMs: startOfTime() })
    const isNews = before === undefined || Math.abs(before - seconds) > TELLING_SECONDS
    if (isNews && isTelling(seconds)) log.warn({ other, seconds }, sentenceOf(other, seconds))
    if (isNews && before !== undefined && !isTelling(seconds) && isTelling(before))
      log.info({ other }, `the clock of this machine agrees with that of ${other} again`)
  }

  function behind(other: Other): number | undefined {
    const entry = noted.get(other)
    if (!entry) return undefined
    // Our own clock was set since: what was noted says nothing any more.
    if (Math.abs(startOfTime() - entry.startOfTimeMs) > TELLING_SECONDS * 1000) return undefined
    return entry.seconds
  }

  function issuerSeconds(): number {
    const seconds = behind('sign-in') ?? 0
    const isBelieved = isTelling(seconds) && Math.abs(seconds) <= BELIEVED_SECONDS
    return now() / 1000 + (isBelieved ? seconds : 0)
  }

  function startOfTime(): number {
    return now() - performance.now()
  }

  return { issuerSeconds, note, behind }
}

function isTelling(seconds: number): boolean {
  return Math.abs(seconds) > TELLING_SECONDS
}

function sentenceOf(other: Other, seconds: number): string {
  const difference = `${Math.abs(seconds)} s ${seconds > 0 ? 'behind' : 'ahead of'} that of`
  return other === 'sign-in'
    ? `the clock of this machine is ${difference} the Auth0 tenant: set it (NTP), or people may be signed out at once`
    : `the clock of this machine is ${difference} the database: set both (NTP), or taking access away may miss recent tokens`
}
