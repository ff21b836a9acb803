import { describe, expect, test } from 'vitest'
import { explainRenewal } from './explain.ts'
import { BLOCKED, ENDED, UNREACHABLE } from './session-problem.ts'
import { signInProblem } from './sign-in-problem.ts'
import { t } from '../words/say.ts'

describe('why signing in failed', () => {
  test.each([
    [
      'access_denied',
      'Service not found: https://api.example',
      'Conclave is not set up correctly',
      'AUTH0_AUDIENCE',
    ],
    [
      'access_denied',
      'User did not authorize the request',
      'You did not let Conclave sign you in',
      'consent',
    ],
    ['access_denied', 'Only on weekdays', 'Signing in was refused', 'Action'],
    ['unauthorized', 'Please verify your email', 'Signing in was refused', 'log'],
    [
      'unauthorized_client',
      'Callback mismatch',
      'Conclave is not set up correctly',
      'self-hosting',
    ],
    ['server_error', 'Oops', 'The sign-in service has a problem', 'log'],
    ['invalid_grant', 'Invalid authorization code', 'Signing in took too long', 'once'],
    ['something_new', 'Nobody knows', 'Signing in did not work', 'log'],
  ])('%s: %s', (code, description, title, operator) => {
    const problem = signInProblem(oauthError(code, description))
    expect(t(problem.title)).toBe(title)
    expect(problem).toMatchObject({
      blocked: false,
      said: { text: `${code}: ${description}` },
    })
    expect(problem.said && t(problem.said.operator)).toContain(operator)
  })

  test('a block, a network failure and a wrong clock are told apart', () => {
    expect(signInProblem(oauthError('unauthorized', 'user is blocked'))).toBe(BLOCKED)
    expect(signInProblem(new TypeError('Failed to fetch'))).toBe(UNREACHABLE)
    expect(signInProblem(new TypeError('NetworkError when attempting to fetch resource.'))).toBe(
      UNREACHABLE,
    )
    expect(signInProblem(new TypeError('Load failed'))).toBe(UNREACHABLE)
    const full = new DOMException('exceeded the quota', 'QuotaExceededError')
    expect(t(signInProblem(full).title)).toBe('This browser has no storage left')
    const late = new Error(
      'Expiration Time (exp) claim error in the ID token; current time (…) is after …',
    )
    expect(t(signInProblem(late).title)).toBe('The clock of this device is wrong')
  })

  test('the tenant’s words are one line, of bounded length, without direction controls', () => {
    const said = `a\nb\u0000\u202Ec\u2028d${'😀'.repeat(1_000)}`
    const text = signInProblem(oauthError('access_denied', said)).said?.text ?? ''
    expect(text.startsWith('access_denied: a b c d😀')).toBe(true)
    expect(text.length).toBeLessThan(310)
    expect(text.isWellFormed()).toBe(true)
  })
})

test('a refused renewal ends the session and says why; one without an answer does not', async () => {
  expect(
    await explainRenewal(oauthError('invalid_grant', 'Unknown or invalid refresh token.')),
  ).toBe(ENDED)
  expect(await explainRenewal(oauthError('login_required', 'Login required'))).toBe(ENDED)
  expect(await explainRenewal(oauthError('invalid_grant', 'user is blocked'))).toBe(BLOCKED)
  const refused = await explainRenewal(oauthError('access_denied', 'Only on weekdays'))
  expect(refused && t(refused.title)).toBe('Signing in was refused')
  for (const code of [
    'server_error',
    'temporarily_unavailable',
    'too_many_requests',
    'request_error',
    'timeout',
  ])
    expect(await explainRenewal(oauthError(code, 'later'))).toBeUndefined()
  expect(await explainRenewal(new TypeError('Failed to fetch'))).toBeUndefined()
})

function oauthError(code: string, description: string): Error {
  return Object.assign(new Error(description), { error: code, error_description: description })
}
