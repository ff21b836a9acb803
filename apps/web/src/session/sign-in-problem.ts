import { BLOCKED, codeOf, isBlocked, UNREACHABLE } from './session-problem.ts'
import type { SessionProblem } from './session.ts'

/** Longer than any sentence a tenant uses; an Action can put any text there. */
const SAID_MAX_CHARS = 300

interface Meaning {
  title: string
  /** What the person can do. */
  detail: string
  /** What the operator of this Conclave can do. */
  operator: string
}

const ASK_OPERATOR = 'It is not your fault. Show this to whoever runs Conclave for your team.'

const WRONG_AUDIENCE: Meaning = {
  title: 'Conclave is not set up correctly',
  detail: ASK_OPERATOR,
  operator: 'AUTH0_AUDIENCE has to be the identifier of an API in this tenant.',
}
const DECLINED: Meaning = {
  title: 'You did not let Conclave sign you in',
  detail: 'Nothing was changed. Sign in again and accept to continue.',
  operator: 'Turn on skipping user consent in the API’s settings, and nobody is asked.',
}
const DENIED: Meaning = {
  title: 'Signing in was refused',
  detail: 'Ask whoever runs Conclave for your team to let you in, then sign in again.',
  operator:
    'A Post-Login Action or a setting of the tenant denied it; the tenant’s log says which.',
}
const MISCONFIGURED: Meaning = {
  title: 'Conclave is not set up correctly',
  detail: ASK_OPERATOR,
  operator:
    'Compare the application in the tenant with docs/self-hosting.md: client id, callback addresses, grant types.',
}
const TENANT_TROUBLE: Meaning = {
  title: 'The sign-in service has a problem',
  detail: 'Nothing was changed. Try again in a moment.',
  operator: 'The tenant’s log says more.',
}
const TOO_LATE: Meaning = {
  title: 'Signing in took too long',
  detail: 'Nothing was changed. Please sign in again.',
  operator: 'A sign-in code works only once, for about a minute.',
}
const WRONG_CLOCK: Meaning = {
  title: 'The clock of this device is wrong',
  detail: 'Set its date and time, then sign in again.',
  operator: 'By this browser’s clock, the ID token had expired before it arrived.',
}
const FAILED: Meaning = {
  title: 'Signing in did not work',
  detail:
    'Nothing was changed. Please try again. If it keeps happening, show this to whoever runs Conclave.',
  operator: 'The tenant’s log says more.',
}

const NO_ROOM: SessionProblem = {
  title: 'This browser has no storage left',
  detail: 'Signing in needs some space. Try again in another tab.',
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
