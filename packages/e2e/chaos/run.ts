import { startStack, type Stack } from '@conclave/dev-stack/stack'
import { listRooms, type Room } from '@conclave/shared/rooms'
import postgres from 'postgres'
import { compare, readRows } from './compare.ts'
import { readPages } from './history.ts'
import { killAtRandom } from './kills.ts'
import { personOf, type Person } from './person.ts'
import { startPoster, type Poster } from './poster.ts'
import { randomOf } from './random.ts'
import { emptyReport, type ChaosReport } from './report.ts'
import { openSubscriber, type Subscriber } from './subscriber.ts'
import { until } from './wait.ts'

export type { ChaosReport } from './report.ts'

const CAUGHT_UP_WITHIN_MS = 30_000
/** Beyond the killing itself: the start, the last repairs and the comparison. */
const MARGIN_SECONDS = 90
/** About as many messages in a long run as in a short one: each event costs the whole list. */
const MESSAGES_PER_RUN = 4_000
const PAUSE_LEAST_MS = 30

export interface ChaosOptions {
  kills: number
  /** No kill begins later than this. */
  seconds: number
  seed: number
  /** Kills the broker too, every few rounds. */
  broker: boolean
  /** The longest the api lives between two kills, beyond proving that it works. */
  lifeMs: number
  signal?: AbortSignal
  onProgress?: (what: string) => void
}

/** Starts a Conclave of its own, kills it again and again while people talk, and compares what everybody holds. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const startedAt = performance.now()
  const report = emptyReport(options.seed, options.kills)
  const stack = await startStack({
    web: 'none',
    ports: 'free',
    seed: true,
    onProgress: options.onProgress ?? (() => undefined),
    onLog: (name, line) => {
      if (name === 'api' && /"level":"(error|fatal)"/.test(line)) report.apiErrors.push(line)
    },
  })
  const ending = new AbortController()
  const signal = AbortSignal.any([
    ending.signal,
    AbortSignal.timeout((options.seconds + MARGIN_SECONDS) * 1_000),
    ...(options.signal ? [options.signal] : []),
  ])
  try {
    options.onProgress?.('People talk, and the api is killed')
    await talkAndKill(stack, options, { report, signal, ending })
  } catch (error) {
    report.failures.unshift(reasonOf(error))
  } finally {
    await stack.close()
  }
  report.seconds = (performance.now() - startedAt) / 1_000
  return report
}

/** An abort says only that it happened; its cause says why. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.name === 'AbortError' && error.cause instanceof Error
    ? error.cause.message
    : error.message
}

interface Run {
  report: ChaosReport
  signal: AbortSignal
  ending: AbortController
}

async function talkAndKill(stack: Stack, options: ChaosOptions, run: Run): Promise<void> {
  const { report, signal, ending } = run
  const sql = postgres(stack.database, { max: 1, onnotice: () => undefined })
  const people = await peopleOf(stack)
  const general = await generalOf(people[0])
  const before = await readRows(sql, general.id)
  const subscribers = await Promise.all(
    people.map((person) => openSubscriber(stack, person, general)),
  )
  let posters: Poster[] = []
  let killing = Promise.resolve()
  try {
    await until('everybody is live', () => subscribers.every((each) => each.isLive()), {
      signal,
      ms: CAUGHT_UP_WITHIN_MS,
    })
    let storedRev = general.rev
    posters = people.map((person) =>
      startPoster({
        person,
        roomId: general.id,
        random: randomOf(options.seed, person.name),
        pauseMs: pauseBetweenPosts(options.seconds, people.length),
        signal,
        onStored: ({ rev }) => {
          storedRev = Math.max(storedRev, rev)
        },
      }),
    )
    killing = killAtRandom({
      ...options,
      stack,
      subscribers,
      report,
      lastStoredRev: () => storedRev,
      signal,
    }).finally(() => posters.forEach((poster) => poster.stop()))
    await Promise.all([killing, ...posters.map(({ done }) => done)])
    await everybodyCaughtUp(sql, general.id, subscribers, signal)
    compare(report, {
      before,
      rows: await readRows(sql, general.id),
      lastSeq: (await roomState(sql, general.id)).lastSeq,
      pages: await readPages(people[0], general.id),
      acknowledged: posters.map(({ acknowledged }) => acknowledged),
      subscribers,
    })
  } finally {
    ending.abort()
    // A restart in flight ends first, so that no api starts behind the end of the stack.
    await Promise.allSettled([killing, ...posters.map(({ done }) => done)])
    subscribers.forEach((subscriber) => subscriber.close())
    count(report, posters, subscribers)
    await sql.end()
  }
}

async function peopleOf(stack: Stack): Promise<[Person, Person, Person]> {
  return Promise.all([personOf(stack, 'alice'), personOf(stack, 'bob'), personOf(stack, 'carol')])
}

async function generalOf({ call }: Person): Promise<Room> {
  const { rooms } = await call(listRooms, {})
  const general = rooms.find(({ kind }) => kind === 'open')
  if (!general) throw new Error('There is no General')
  return general
}

function pauseBetweenPosts(seconds: number, posters: number): number {
  return Math.max(PAUSE_LEAST_MS, (seconds * 1_000 * posters) / MESSAGES_PER_RUN)
}

async function everybodyCaughtUp(
  sql: postgres.Sql,
  roomId: string,
  subscribers: readonly Subscriber[],
  signal: AbortSignal,
): Promise<void> {
  const { rev } = await roomState(sql, roomId)
  await until(
    'everybody is caught up',
    () => subscribers.every((each) => each.rev() >= rev && each.isLive()),
    { signal, ms: CAUGHT_UP_WITHIN_MS },
  )
  await until('everything is published', async () => (await roomState(sql, roomId)).waiting === 0, {
    signal,
    ms: CAUGHT_UP_WITHIN_MS,
  })
}

async function roomState(
  sql: postgres.Sql,
  roomId: string,
): Promise<{ rev: number; lastSeq: number; waiting: number }> {
  const [state] = await sql<{ rev: number; lastSeq: number; waiting: number }[]>`
    select rev::int as rev, last_seq::int as "lastSeq", (
      select count(*)::int from outbox where stream = 'room:' || rooms.id
    ) as waiting
    from rooms where id = ${roomId}`
  if (!state) throw new Error('The room is gone')
  return state
}

function count(report: ChaosReport, posters: Poster[], subscribers: readonly Subscriber[]): void {
  for (const { acknowledged, retried, repeats } of posters) {
    report.acknowledged += acknowledged.length
    report.retried += retried
    report.repeats += repeats
  }
  for (const { counts } of subscribers) {
    report.events += counts.folded
    report.heldBack += counts.heldBack
    report.catchUps += counts.catchUps
    report.gaps += counts.gaps
    report.reloads += counts.reloads
    report.subscriptions += counts.subscriptions
  }
}
