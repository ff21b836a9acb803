import type { Stack } from '@conclave/dev-stack/stack'
import { between, randomOf } from './random.ts'
import type { ChaosReport } from './report.ts'
import type { Subscriber } from './subscriber.ts'
import { pause, until } from './wait.ts'

const BROKER_EVERY_KILLS = 4
const CUT_SHARE = 0.3
const LIVE_WITHIN_MS = 30_000
const STORED_WITHIN_MS = 15_000

export interface Killing {
  stack: Stack
  subscribers: readonly Subscriber[]
  report: ChaosReport
  kills: number
  seconds: number
  broker: boolean
  /** The longest the api lives between two kills, beyond proving that it works. */
  lifeMs: number
  /** The revision of the latest message that was stored for sure. */
  lastStoredRev: () => number
  signal: AbortSignal
}

/** Kills at random moments; settles when every client has come over the last kill. */
export async function killAtRandom(killing: Killing): Promise<void> {
  const { stack, report, kills, seconds, lifeMs, signal } = killing
  const random = randomOf(report.seed, 'kills')
  const deadline = performance.now() + seconds * 1_000
  const recoveries: Promise<void>[] = []

  while (report.kills < kills && performance.now() < deadline) {
    await pause(between(random, 0, lifeMs), signal)
    if (random() < CUT_SHARE) cutOne(killing, random())
    const killedAt = performance.now()
    await stack.killApi()
    report.kills += 1
    await stack.startApi()
    signal.throwIfAborted()
    report.apiBackMs.push(performance.now() - killedAt)
    await recovery(killing, { killedAt, times: report.apiLiveMs, recoveries })
    if (killing.broker && report.kills % BROKER_EVERY_KILLS === 0) {
      await killBroker(killing, between(random, 100, 2_000), recoveries)
    }
  }
  await Promise.all(recoveries)
}

function cutOne({ subscribers, report }: Killing, at: number): void {
  subscribers[Math.floor(at * subscribers.length)]?.cut()
  report.cuts += 1
}

async function killBroker(
  killing: Killing,
  awayMs: number,
  recoveries: Promise<void>[],
): Promise<void> {
  const { stack, report, signal } = killing
  const killedAt = performance.now()
  await stack.killPusher()
  report.brokerKills += 1
  await pause(awayMs, signal)
  await stack.startPusher()
  signal.throwIfAborted()
  await recovery(killing, { killedAt, times: report.brokerLiveMs, recoveries })
}

/** Waits for the first message stored since; that every client shows it is measured while the run goes on. */
async function recovery(
  { lastStoredRev, subscribers, signal }: Killing,
  measured: { killedAt: number; times: number[]; recoveries: Promise<void>[] },
): Promise<void> {
  const before = lastStoredRev()
  await until('a message is stored after a kill', () => lastStoredRev() > before, {
    signal,
    ms: STORED_WITHIN_MS,
  })
  const rev = lastStoredRev()
  const live = until('every client is live again', () => subscribers.every(reached(rev)), {
    signal,
    ms: LIVE_WITHIN_MS,
  }).then(() => void measured.times.push(performance.now() - measured.killedAt))
  // It is awaited at the end; until then a failure must not count as unhandled.
  live.catch(() => undefined)
  measured.recoveries.push(live)
}

function reached(rev: number): (subscriber: Subscriber) => boolean {
  return (subscriber) => subscriber.rev() >= rev
}
