import type { Stack } from '@conclave/dev-stack/stack'
import type { Broker } from './broker.ts'
import { between, randomOf, type Random } from './random.ts'
import { killsOf, type ChaosReport } from './report.ts'
import { scheduleOf, type Kind } from './schedule.ts'
import type { Subscriber } from './subscriber.ts'
import { pause, until } from './wait.ts'

const PROGRESS_EVERY_KILLS = 20
const MISHAP_SHARE = 0.5
const AWAY_MOST_MS = 4_000
const SPELL_SHARE = 0.2
/** Longer than the 2 s after which the api gives a request up, so that the broker still gets it, late. */
const SLOW_MOST_MS = 3_000
const MEASURED_SHARE = 0.5
const LIVE_WITHIN_MS = 45_000

/** The probabilities of faults for each event to each client. */
export const FRAME_CHANCES = { drop: 0.02, duplicate: 0.02, reorder: 0.02 }

export interface Killing {
  stack: Stack
  broker: Broker
  subscribers: readonly Subscriber[]
  report: ChaosReport
  kills: number
  seconds: number
  /** The longest time between two kills, and the longest that a killed part stays down. */
  lifeMs: number
  awayMs: number
  /** Waits until one more message is stored, which shows that writing works; resolves to its revision. */
  nextStored: () => Promise<number>
  onProgress: (what: string) => void
  signal: AbortSignal
}

/** Kills at random moments: often before anybody has recovered, and now and then after everybody has. */
export async function killAtRandom(killing: Killing): Promise<void> {
  const { broker, report, onProgress, signal } = killing
  const random = randomOf(report.seed, 'kills')
  const deadline = performance.now() + killing.seconds * 1_000

  for (const kind of scheduleOf(report.seed, killing.kills)) {
    if (performance.now() > deadline) return
    await pause(between(random, 0, killing.lifeMs), signal)
    mishap(killing, random)
    const hasSpell = random() < SPELL_SHARE
    if (hasSpell) await spell(killing, random)
    await round(killing, kind, random)
    if (hasSpell) await broker.answer({ mode: 'none' })
    const done = killsOf(report)
    if (done % PROGRESS_EVERY_KILLS === 0) onProgress(`${done} of ${killing.kills} kills`)
  }
}

/** Closes somebody's socket, takes their network down, or makes their machine sleep. */
function mishap({ subscribers, report }: Killing, random: Random): void {
  const subscriber = subscribers[Math.floor(random() * subscribers.length)]
  const kind = (['cuts', 'offline', 'asleep'] as const)[Math.floor(random() * 3)] ?? 'cuts'
  const ms = between(random, 200, AWAY_MOST_MS)
  if (random() > MISHAP_SHARE) return
  report.mishaps[kind] += 1
  if (kind === 'cuts') subscriber?.cut()
  else subscriber?.away(kind === 'offline' ? 'down' : 'asleep', ms)
}

async function spell({ broker, report }: Killing, random: Random): Promise<void> {
  const delayMs = Math.round(between(random, 100, SLOW_MOST_MS))
  if (random() < 0.5) await broker.answer({ mode: 'slow', delayMs })
  else await broker.answer({ mode: 'error', status: 500 })
  report.mishaps.spells += 1
}

async function round(killing: Killing, kind: Kind, random: Random): Promise<void> {
  const { stack, report, signal } = killing
  const instance = Math.floor(random() * stack.apis.length)
  const awayMs = between(random, 0, killing.awayMs)
  const isMeasured = random() < MEASURED_SHARE
  const killedAt = performance.now()
  if (kind === 'broker') await noteFrames(killing)
  await Promise.all([
    kind === 'api' || kind === 'both' ? stack.killApi(instance) : undefined,
    kind === 'postgres' || kind === 'both' ? stack.killPostgres() : undefined,
    kind === 'broker' ? stack.killPusher() : undefined,
  ])
  report.kills[kind] += 1
  await pause(awayMs, signal)
  if (kind === 'postgres' || kind === 'both') await stack.startPostgres()
  if (kind === 'api' || kind === 'both') await stack.startApi(instance)
  if (kind === 'broker') await bringBroker(killing)
  report.backMs[kind].push(performance.now() - killedAt - awayMs)
  const rev = await killing.nextStored()
  if (isMeasured) report.liveMs[kind].push(await liveAgain(killing, { killedAt, rev }))
}

/** Starts a new broker with the same probabilities of faults. */
async function bringBroker({ stack, broker, report }: Killing): Promise<void> {
  await stack.startPusher()
  await broker.loseFrames({ ...FRAME_CHANCES, seed: report.seed + report.kills.broker })
}

/** Adds the broker's counts of faults to the report, before a kill resets them. */
export async function noteFrames({ broker, report }: Pick<Killing, 'broker' | 'report'>) {
  const { dropped, duplicated, reordered } = await broker.frames()
  report.frames.dropped += dropped
  report.frames.duplicated += duplicated
  report.frames.reordered += reordered
}

/** Waits until everybody shows a message posted after the kill; resolves to the time since the kill. */
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
