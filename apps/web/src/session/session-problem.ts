import type { SessionProblem } from './session.ts'
import * as words from '../words/en/session-problems.en.ts'

export const BLOCKED: SessionProblem = {
  title: words.blocked,
  detail: words.blockedDetail,
  blocked: true,
}

export const ENDED: SessionProblem = {
  title: words.ended,
  detail: words.endedDetail,
  blocked: false,
}

export const SIGNED_OUT: SessionProblem = {
  title: words.signedOut,
  detail: words.signedOutDetail,
  blocked: false,
}

export const OTHER_PERSON: SessionProblem = {
  title: words.otherPerson,
  detail: words.otherPersonDetail,
  blocked: false,
}

/** The one who ended these sessions may not have this browser at hand, so nothing is left in it. */
export function forgetsEverything(problem: SessionProblem | undefined): problem is SessionProblem {
  return problem === BLOCKED || problem === SIGNED_OUT
}

export const TENANT_AWAY: SessionProblem = {
  title: words.tenantAway,
  detail: words.tenantAwayDetail,
  blocked: false,
}

export const UNREACHABLE: SessionProblem = {
  title: words.unreachable,
  detail: words.unreachableDetail,
  blocked: false,
}

/** Errors of a silent sign-in that only mean that the form is needed. */
const NEEDS_FORM = new Set([
  'login_required',
  'consent_required',
  'interaction_required',
  'mfa_required',
])

/** Errors of a renewal that mean the session is over. */
export const OVER = new Set([...NEEDS_FORM, 'invalid_grant', 'missing_refresh_token'])

export function needsForm(error: unknown): boolean {
  return NEEDS_FORM.has(codeOf(error))
}

export function isBlocked(error: unknown): boolean {
  return /user is blocked/i.test(error instanceof Error ? error.message : '')
}

/** The OAuth error code, if the tenant gave one. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('error' in error)) return ''
  return typeof error.error === 'string' ? error.error : ''
}
