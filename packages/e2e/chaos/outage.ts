import type { Stack } from '@conclave/dev-stack/stack'
import type { OutageReport } from './report.ts'
import { percentile } from './percentile.ts'
import type { Poster } from './poster.ts'
import type { Subscriber } from './subscriber.ts'
import { pause, until } from './wait.ts'

const DRAINED_WITHIN_MS = 60_000
/** The p99 excludes this first part of the outage. */
const SETTLE_MS = 1_000

/** Kills the broker for a while as people go on posting: the events wait, and are then published in order. */
export async function outlastOutage(options: {
  stack: Stack
  posters: readonly Poster[]
  subscribers: readonly Subscriber[]
  beforeMs: number
  awayMs: number
  waiting: () => Promise<number>
  lastStoredRev: () => number
  signal: AbortSignal
}): Promise<OutageReport> {
  const { stack, posters, subscribers, waiting, signal } = options
  const outOfOrderBefore = outOfOrder(subscribers)
  const beganAt = performance.now()
  await pause(options.beforeMs, signal)
  const killedAt = performance.now()
  await stack.killPusher()
  await pause(options.awayMs, signal)
  const endedAt = performance.now()
  const backlog = await waiting()
  await stack.startPusher()
  const startedAt = performance.now()
  const rev = options.lastStoredRev()
  await until('the backlog has drained', async () => (await waiting()) < backlog / 100, {
    signal,
    ms: DRAINED_WITHIN_MS,
  })
  const drainMs = performance.now() - startedAt
  await until('everybody is live', () => subscribers.every((each) => each.rev() >= rev), {
    signal,
    ms: DRAINED_WITHIN_MS,
  })
  const before = timesBetween(posters, beganAt, killedAt)
  const during = timesBetween(posters, killedAt + SETTLE_MS, endedAt)
  return {
    seconds: options.awayMs / 1_000,
    postsBefore: before.length,
    postsDuring: during.length,
    p99BeforeMs: percentile(before, 0.99) ?? 0,
    p99DuringMs: percentile(during, 0.99) ?? 0,
    backlog,
    drainMs,
    liveMs: performance.now() - startedAt,
    outOfOrder: outOfOrder(subscribers) - outOfOrderBefore,
  }
}

function outOfOrder(subscribers: readonly Subscriber[]): number {
  return subscribers.reduce((sum, { counts }) => sum + counts.outOfOrder, 0)
}

function timesBetween(posters: readonly Poster[], from: number, to: number): number[] {
  return posters.flatMap(({ answered }) =>
    answered.filter(({ at }) => at >= from && at < to).map(({ ms }) => ms),
  )
}
