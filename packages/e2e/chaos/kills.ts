import type { Stack } from '@conclave/dev-stack/stack'
import { between, randomOf } from './random.ts'
import type { ChaosReport } from './report.ts'
import type { Subscriber } from './subscriber.ts'
import { pause, until } from './wait.ts'

const BROKER_EVERY_KILLS = 4
const CUT_SHARE = 0.3
const MEASURED_SHARE = 0.5
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

/** Kills at random moments: often before anybody has recovered, and now and then after everybody has. */
export async function killAtRandom(killing: Killing): Promise<void> {
  const { stack, report, kills, seconds, lifeMs, signal } = killing
  const random = randomOf(report.seed, 'kills')
  const deadline = performance.now() + seconds * 1_000

  while (report.kills < kills && performance.now() < deadline) {
    await pause(between(random, 0, lifeMs), signal)
    if (random() < CUT_SHARE) cutOne(killing, random())
    const isMeasured = random() < MEASURED_SHARE
    const killedAt = performance.now()
    await stack.killApi()
    report.kills += 1
    await stack.startApi()
    report.apiBackMs.push(performance.now() - killedAt)
    const rev = await nextStored(killing)
    if (isMeasured) report.apiLiveMs.push(await liveAgain(killing, { killedAt, rev }))
    if (killing.broker && report.kills % BROKER_EVERY_KILLS === 0) {
      report.brokerLiveMs.push(await killBroker(killing, between(random, 100, 2_000)))
    }
  }
}

function cutOne({ subscribers, report }: Killing, at: number): void {
  subscribers[Math.floor(at * subscribers.length)]?.cut()
  report.cuts += 1
}

async function killBroker(killing: Killing, awayMs: number): Promise<number> {
  const { stack, report, signal } = killing
  const killedAt = performance.now()
  await stack.killPusher()
  report.brokerKills += 1
  await pause(awayMs, signal)
  await stack.startPusher()
  return liveAgain(killing, { killedAt, rev: await nextStored(killing) })
}

/** Waits until one more message is stored, which shows that the api works, and answers its revision. */
async function nextStored({ lastStoredRev, signal }: Killing): Promise<number> {
  const before = lastStoredRev()
  await until('a message is stored after a kill', () => lastStoredRev() > before, {
    signal,
    ms: STORED_WITHIN_MS,
  })
  return lastStoredRev()
}

/** Waits until everybody shows what was said after the kill, and answers how long that took from it. */
async function liveAgain(
  { subscribers, signal }: Killing,
  { killedAt, rev }: { killedAt: number; rev: number },
): Promise<number> {
  await until('every client is live again', () => subscribers.every((each) => each.rev() >= rev), {
    signal,
    ms: LIVE_WITHIN_MS,
  })
  return performance.now() - killedAt
}
