import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { captureLog } from '../test/log.ts'
import { createClock } from './clock-skew.ts'

const TRUE_MS = Date.parse('2026-01-02T03:04:05Z')

function clockBehindBy(seconds: number) {
  const log = captureLog()
  const startMs = TRUE_MS - performance.now()
  const trueMs = () => startMs + performance.now()
  const offset = { ms: startMs - seconds * 1_000 }
  const clock = createClock({
    log: Fastify({ logger: { stream: log.stream } }).log,
    now: () => offset.ms + performance.now(),
  })
  const says = () => log.lines().map(({ msg }) => msg)
  return { clock, offset, says, trueMs }
}

test('a clock that agrees causes no warning', () => {
  const { clock, says, trueMs } = clockBehindBy(1.5)
  clock.compare('sign-in', trueMs(), performance.now())
  expect(clock.behind('sign-in')).toBeCloseTo(1.5, 0)
  expect(clock.issuerSeconds()).toBeCloseTo(trueMs() / 1_000 - 1.5, 1)
  expect(says()).toEqual([])
})

test.each([20, -20, 119])(
  'a clock %i s behind is logged once, and tokens are checked by the issuer’s',
  (seconds) => {
    const { clock, says, trueMs } = clockBehindBy(seconds)
    clock.compare('sign-in', trueMs(), performance.now())
    clock.compare('sign-in', trueMs(), performance.now())
    expect(clock.issuerSeconds()).toBeCloseTo(trueMs() / 1_000, 0)
    expect(says()).toEqual([expect.stringContaining(`${Math.abs(seconds)} s`)])
    expect(says()[0]).toContain(seconds > 0 ? 'behind' : 'ahead of')
  },
)

test('a larger difference is logged, and the issuer’s clock is not trusted', () => {
  const { clock, says, trueMs } = clockBehindBy(121)
  clock.compare('sign-in', trueMs(), performance.now())
  expect(clock.issuerSeconds()).toBeCloseTo(trueMs() / 1_000 - 121, 0)
  expect(says()).toHaveLength(1)
})

test('the database’s clock is compared, and no token is checked by it', () => {
  const { clock, says, trueMs } = clockBehindBy(20)
  clock.compare('database', trueMs(), performance.now())
  expect(clock.behind('database')).toBeCloseTo(20, 0)
  expect(clock.behind('sign-in')).toBeUndefined()
  expect(clock.issuerSeconds()).toBeCloseTo(trueMs() / 1_000 - 20, 0)
  expect(says()).toEqual([expect.stringContaining('the database')])
})

test('once our clock is set, the old comparison is void', () => {
  const { clock, offset, trueMs } = clockBehindBy(20)
  clock.compare('sign-in', trueMs(), performance.now())
  offset.ms += 20_000
  expect(clock.behind('sign-in')).toBeUndefined()
  expect(clock.issuerSeconds()).toBeCloseTo(trueMs() / 1_000, 0)
  clock.compare('sign-in', trueMs(), performance.now())
  expect(clock.behind('sign-in')).toBeCloseTo(0, 0)
})
