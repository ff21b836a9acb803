import { ProblemError } from '@conclave/shared/client'
import { PROBLEMS, type ProblemSlug } from '@conclave/shared/problems'
import { NoTokenError } from '@conclave/client/connection/api-health'
import { afterEach, expect, test, vi } from 'vitest'
import { errorMessage, explained, isTransient, whatIsAway } from './problem-message.ts'
import { sentenceFor } from './problem-sentences.ts'

afterEach(() => vi.unstubAllGlobals())

const SLUGS = Object.keys(PROBLEMS) as ProblemSlug[]

test.each(SLUGS)('%s has a calm sentence', async (slug) => {
  expect(sentenceFor(slug)).toMatch(/^[A-Z][^!]+\.$/)
  expect(errorMessage(await explained(problem(slug)))).toBe(sentenceFor(slug))
})

test.each([
  ['The server is not responding.', new TypeError('Failed to fetch')],
  ['The server is not responding.', new DOMException('signal timed out', 'TimeoutError')],
  ['The server cannot answer right now.', await explained(problem('unavailable'))],
  ['The sign-in service is not responding.', new NoTokenError()],
])('"%s" is said of what is away, and never that it is the network', (words, error) => {
  vi.stubGlobal('navigator', { onLine: true })
  expect(whatIsAway(error)).toBe(words)
  expect(errorMessage(error)).toBe(`${words} Try again in a moment.`)
  expect(isTransient(error)).toBe(true)
})

test('while the device is offline, that is said, whatever did not answer', () => {
  vi.stubGlobal('navigator', { onLine: false })
  for (const error of [new TypeError('Failed to fetch'), new NoTokenError()])
    expect(errorMessage(error)).toBe('This device is offline. Try again in a moment.')
})

test('a refusal is not retried; a busy server is', () => {
  expect(isTransient(problem('room-archived'))).toBe(false)
  expect(isTransient(problem('slow-down'))).toBe(true)
  expect(isTransient(problem('unavailable'))).toBe(true)
})

test('somebody too fast is told how long to wait, if that is known', async () => {
  expect(errorMessage(problem('slow-down', 6))).toContain('Try again in 6 seconds.')
  expect(errorMessage(problem('slow-down', 1))).toContain('Try again in 1 second.')
  expect(errorMessage(await explained(problem('slow-down')))).toContain('Wait a moment')
})

test('a problem that only a newer api has is told in its words, and is final unless the api failed', async () => {
  const document = { type: '/problems/too-many-pins', title: 'Enough pins', instance: 'request' }
  const newer = (status: number) =>
    new ProblemError('too-many-pins' as never, { ...document, status })
  expect(errorMessage(await explained(newer(409)))).toBe('Enough pins.')
  expect(isTransient(newer(409))).toBe(false)
  expect(isTransient(newer(503))).toBe(true)
})

function problem(slug: ProblemSlug, retryAfterSeconds?: number): ProblemError {
  const { status, title } = PROBLEMS[slug]
  const document = { type: `/problems/${slug}`, title, status, instance: 'request' }
  return new ProblemError(slug, document, retryAfterSeconds)
}
