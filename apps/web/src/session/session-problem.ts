import type { SessionProblem } from './session.ts'

export const BLOCKED: SessionProblem = {
  title: 'Your access was removed by an administrator',
  detail: 'Ask them if you think this is a mistake.',
  blocked: true,
}

export const ENDED: SessionProblem = {
  title: 'Your session has ended',
  detail: 'Sign in again to continue where you were. What you wrote is kept for you.',
  blocked: false,
}

export const SIGNED_OUT: SessionProblem = {
  title: 'You were signed out',
  detail: 'This was done from another place. Sign in again to continue.',
  blocked: false,
}

export const OTHER_PERSON: SessionProblem = {
  title: 'Somebody else has signed in here',
  detail: 'Sign in again to continue as yourself. What you wrote is kept for you.',
  blocked: false,
}

/** The one who ended these sessions may not have this browser at hand, so nothing is left in it. */
export function forgetsEverything(problem: SessionProblem | undefined): problem is SessionProblem {
  return problem === BLOCKED || problem === SIGNED_OUT
}

export const TENANT_AWAY: SessionProblem = {
  title: 'The sign-in service is not responding',
  detail: 'You will be signed in again as soon as it is back. What you wrote is kept for you.',
  blocked: false,
}

export const UNREACHABLE: SessionProblem = {
  title: 'Signing in is not possible right now',
  detail: 'There was no answer from the sign-in service. Try again in a moment.',
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
