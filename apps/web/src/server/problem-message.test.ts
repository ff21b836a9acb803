import { ProblemError } from '@conclave/shared/client'
import { PROBLEMS, type ProblemSlug } from '@conclave/shared/problems'
import { expect, test } from 'vitest'
import { errorMessage, isTransient, problemMessage } from './problem-message.ts'

const SLUGS = Object.keys(PROBLEMS) as ProblemSlug[]

test.each(SLUGS)('%s has a calm sentence', (slug) => {
  expect(problemMessage(slug)).toMatch(/^[A-Z][^!]+\.$/)
})

test('no answer at all means the network, and may be retried', () => {
  expect(errorMessage(new TypeError('Failed to fetch'))).toContain('No connection')
  expect(isTransient(new TypeError('Failed to fetch'))).toBe(true)
})

test('a refusal is not retried; a busy server is', () => {
  expect(isTransient(problem('room-archived'))).toBe(false)
  expect(isTransient(problem('slow-down'))).toBe(true)
  expect(isTransient(problem('unavailable'))).toBe(true)
})

test('somebody too fast is told how long to wait, if that is known', () => {
  expect(errorMessage(problem('slow-down', 6))).toContain('Try again in 6 seconds.')
  expect(errorMessage(problem('slow-down', 1))).toContain('Try again in 1 second.')
  expect(errorMessage(problem('slow-down'))).toContain('Wait a moment')
})

test('a problem that only a newer api has is told in its words, and is final unless the api failed', () => {
  const document = { type: '/problems/too-many-pins', title: 'Enough pins', instance: 'request' }
  const newer = (status: number) =>
    new ProblemError('too-many-pins' as never, { ...document, status })
  expect(errorMessage(newer(409))).toBe('Enough pins.')
  expect(isTransient(newer(409))).toBe(false)
  expect(isTransient(newer(503))).toBe(true)
})

function problem(slug: ProblemSlug, retryAfterSeconds?: number): ProblemError {
  const { status, title } = PROBLEMS[slug]
  const document = { type: `/problems/${slug}`, title, status, instance: 'request' }
  return new ProblemError(slug, document, retryAfterSeconds)
}
