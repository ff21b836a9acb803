import type { AdminPerson, RevocationKind, RevocationStep } from '@conclave/shared/admin'
import { expect, test } from 'vitest'
import { t } from '../../words/say.ts'
import { accessSteps, isUnderWay } from './access-steps.ts'

const BEFORE = '2026-03-10T11:00:00.000Z'
const AT = '2026-03-10T12:00:00.000Z'
const LATER = '2026-03-10T12:00:02.000Z'

test('for somebody blocked: refused at once, then each step with its state', () => {
  const person = blocked(step('sockets-closed', { doneAt: LATER }), step('auth0-blocked'))
  expect(accessSteps(person).map(({ label, state, at }) => [t(label), state, at])).toEqual([
    ['Refused by Conclave', 'done', AT],
    ['Open connections closed', 'done', LATER],
    ['Blocked in Auth0', 'waiting', null],
  ])
  expect(isUnderWay(person)).toBe(true)
})

test('what cannot be done without access to Auth0 is not set up, and nobody waits for it', () => {
  const person = blocked(step('auth0-blocked', { doneAt: LATER, skipped: 'unavailable' }))
  expect(accessSteps(person).at(-1)?.state).toBe('not-set-up')
  expect(isUnderWay(person)).toBe(false)
})

test('an earlier sign-out is not part of it', () => {
  const person = blocked({ ...step('sockets-closed'), createdAt: BEFORE })
  expect(accessSteps(person)).toHaveLength(1)
})

test('for somebody unblocked: only what is still to do', () => {
  const person = { ...blocked(step('sockets-closed'), step('auth0-unblocked')), blockedAt: null }
  expect(accessSteps(person).map(({ label }) => t(label))).toEqual(['Unblocked in Auth0'])
  const done = { ...person, steps: [step('auth0-unblocked', { doneAt: LATER })] }
  expect(accessSteps(done)).toEqual([])
})

function step(kind: RevocationKind, overrides: Partial<RevocationStep> = {}): RevocationStep {
  return { kind, createdAt: AT, doneAt: null, attempts: 0, skipped: null, ...overrides }
}

function blocked(...steps: RevocationStep[]): AdminPerson {
  return { blockedAt: AT, steps } as unknown as AdminPerson
}
