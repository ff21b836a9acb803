import { BLOCKED, codeOf, isBlocked, UNREACHABLE } from './session-problem.ts'
import type { SessionProblem } from './session.ts'
import * as words from '../words/en/sign-in-problems.en.ts'
import type { Word } from '../words/word.ts'

/** Longer than any sentence a tenant uses; an Action can put any text there. */
const SAID_MAX_CHARS = 300

interface Meaning {
  title: Word
  /** What the person can do. */
  detail: Word
  /** What the operator of this Conclave can do. */
  operator: Word
}

const WRONG_AUDIENCE: Meaning = {
  title: words.notSetUp,
  detail: words.askOperator,
  operator: words.wrongAudienceOperator,
}
const DECLINED: Meaning = {
  title: words.declined,
  detail: words.declinedDetail,
  operator: words.declinedOperator,
}
const DENIED: Meaning = {
  title: words.denied,
  detail: words.deniedDetail,
  operator: words.deniedOperator,
}
const MISCONFIGURED: Meaning = {
  title: words.notSetUp,
  detail: words.askOperator,
  operator: words.misconfiguredOperator,
}
const TENANT_TROUBLE: Meaning = {
  title: words.tenantTrouble,
  detail: words.tenantTroubleDetail,
  operator: words.seeLog,
}
const TOO_LATE: Meaning = {
  title: words.tooLate,
  detail: words.tooLateDetail,
  operator: words.tooLateOperator,
}
const WRONG_CLOCK: Meaning = {
  title: words.wrongClock,
  detail: words.wrongClockDetail,
  operator: words.wrongClockOperator,
}
const FAILED: Meaning = {
  title: words.failed,
  detail: words.failedDetail,
  operator: words.seeLog,
}

const NO_ROOM: SessionProblem = {
  title: words.noStorage,
  detail: words.noStorageDetail,
  blocked: false,
}

/** RFC 6749, 4.1.2.1 and 5.2, and the codes that Auth0 adds. */
const MEANINGS: Record<string, Meaning> = {
  access_denied: DENIED,
  unauthorized: DENIED,
  invalid_request: MISCONFIGURED,
  unauthorized_client: MISCONFIGURED,
  invalid_client: MISCONFIGURED,
  unsupported_response_type: MISCONFIGURED,
  unsupported_grant_type: MISCONFIGURED,
  invalid_scope: MISCONFIGURED,
  server_error: TENANT_TROUBLE,
  temporarily_unavailable: TENANT_TROUBLE,
  invalid_grant: TOO_LATE,
}

/** Explains a failed return from the sign-in page to the person, with the tenant's own words. */
export function signInProblem(error: unknown): SessionProblem {
  if (isBlocked(error)) return BLOCKED
  if (isNetwork(error)) return UNREACHABLE
  if (error instanceof DOMException && error.name === 'QuotaExceededError') return NO_ROOM
  const { title, detail, operator } = meaningOf(error)
  return { title, detail, blocked: false, said: { text: saidBy(error), operator } }
}

/** Explains an unusual refusal to renew; undefined when a retry may help. */
export function renewalProblem(error: unknown): SessionProblem | undefined {
  const meaning = meaningOf(error)
  return meaning === FAILED || meaning === TENANT_TROUBLE ? undefined : signInProblem(error)
}

function meaningOf(error: unknown): Meaning {
  const code = codeOf(error)
  const said = saidBy(error)
  if (code === '') return /\((exp|iat|nbf)\) claim/.test(said) ? WRONG_CLOCK : FAILED
  if (/^access_denied: Service not (found|enabled)/i.test(said)) return WRONG_AUDIENCE
  if (/^access_denied: (User did not authorize|.*consent)/i.test(said)) return DECLINED
  return MEANINGS[code] ?? FAILED
}

/** The tenant's code and sentence, as text on one line. */
function saidBy(error: unknown): string {
  const code = codeOf(error)
  const sentence = error instanceof Error ? error.message : String(error)
  const said = code === '' || code === sentence ? sentence : `${code}: ${sentence}`
  // It is shown among our words, so it may contain no line breaks and no direction controls.
  const shown = said
    .slice(0, SAID_MAX_CHARS)
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
  return said.length > SAID_MAX_CHARS ? `${shown}…` : shown
}

/** How browsers and the SDK report that there was no answer. */
function isNetwork(error: unknown): boolean {
  if (codeOf(error) === 'timeout') return true
  const message = error instanceof Error ? error.message : ''
  return /failed to fetch|networkerror|load failed|network connection was lost/i.test(message)
}
