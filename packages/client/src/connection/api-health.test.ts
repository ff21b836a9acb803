import { beforeEach, expect, test } from 'vitest'
import { createHealth, type Health } from './api-health.ts'

let now: number
let asked: string[]
/** Settles the check that is under way. */
let answer: (isUp: boolean) => void
let health: Health

beforeEach(() => {
  now = 0
  asked = []
  health = createHealth({
    now: () => now,
    answers: async (path) => {
      asked.push(path)
      const { promise, resolve } = Promise.withResolvers<boolean>()
      answer = resolve
      return promise
    },
  })
})

test('a call that has no answer for long makes the api be asked whether it is ready, once for many calls', async () => {
  now = 3_000
  const doubts = [health.doubt(0), health.doubt(100)]
  expect(asked).toEqual(['/readyz'])
  answer(false)
  await Promise.all(doubts)
  expect(health.state()).toBe('silent')
  await health.doubt(0)
  expect(asked).toEqual(['/readyz'])
})

test('a slow call says nothing about an api that answers others, or is ready', async () => {
  now = 2_000
  health.report('answers')
  now = 3_000
  await health.doubt(0)
  expect(asked).toEqual([])
  const doubt = health.doubt(2_500)
  answer(true)
  await doubt
  expect(asked).toEqual(['/readyz'])
  expect(health.state()).toBe('answers')
})

test('a check that fails after a call was answered does not count', async () => {
  now = 1_000
  const check = health.check()
  now = 2_000
  health.report('answers')
  answer(false)
  await check
  expect(health.state()).toBe('answers')
})
