import type { Stack } from '@conclave/dev-stack/stack'
import { listMessages, type Message } from '@conclave/shared/messages'
import { everyPage } from '@conclave/shared/pages'
import { listRooms, type Room } from '@conclave/shared/rooms'
import postgres from 'postgres'
import { compare, readRows } from './compare.ts'
import { miscounting } from './counts.ts'
import { readPages } from './history.ts'
import { personOf, type Person } from './person.ts'
import { startPoster, type Poster } from './poster.ts'
import { randomOf } from './random.ts'
import type { Said } from './second-thoughts.ts'
import { emptyReport, type ChaosReport } from './report.ts'
import { openSubscriber, type Subscriber } from './subscriber.ts'
import { tally } from './tally.ts'
import { until } from './wait.ts'

const CAUGHT_UP_WITHIN_MS = 60_000
const STORED_WITHIN_MS = 30_000

/** People who post in General, and everybody who subscribes to it. */
export interface Talk {
  readonly posters: readonly Poster[]
  readonly subscribers: readonly Subscriber[]
  /** How long each waits between two posts, on average. */
  readonly pace: { pauseMs: number }
  /** The revision of the latest message that was stored for sure. */
  lastStoredRev(): number
  /** Waits until a new message is stored; resolves to its revision. */
  nextStored(): Promise<number>
  /** How many attempts were answered with a 503. */
  unavailable(): number
  isReadable(): Promise<boolean>
  /** How many events wait to be published. */
  waiting(): Promise<number>
  /** Ends the talk and compares what everybody has with the database. */
  end(into?: ChaosReport): Promise<ChaosReport>
  close(): Promise<void>
}

export async function openTalk(
  stack: Stack,
  options: { seed: number; pauseMs: number; longEvery: number; signal: AbortSignal },
): Promise<Talk> {
  const ending = new AbortController()
  const signal = AbortSignal.any([options.signal, ending.signal])
  const sql = postgres(stack.database, { max: 1, onnotice: () => undefined, idle_timeout: 1 })
  const people = await Promise.all([
    personOf(stack, 'alice'),
    personOf(stack, 'bob'),
    personOf(stack, 'carol'),
    // Mallory subscribes and does not post.
    personOf(stack, 'mallory'),
  ])
  const [alice, , carol, mallory] = people
  const said: Said = { recent: [], moderated: new Set() }
  const general = await generalOf(alice)
  const before = await readRows(sql, general.id)
  const subscribers = await Promise.all(
    people.map(async (person) => openSubscriber(stack, person, general)),
  )
  const pace = { pauseMs: options.pauseMs }
  let storedRev = general.rev
  let posters: Poster[] = []
  await until('everybody is live', () => subscribers.every((each) => each.isLive()), {
    signal,
    ms: CAUGHT_UP_WITHIN_MS,
  })
  posters = people
    .filter((person) => person !== mallory)
    .map((person) =>
      startPoster({
        person,
        roomId: general.id,
        random: randomOf(options.seed, person.name),
        pace,
        longEvery: options.longEvery,
        signal,
        said,
        // The owner of the room.
        isModerator: person === carol,
        onStored: ({ rev }) => {
          storedRev = Math.max(storedRev, rev)
        },
      }),
    )
  // `end` reports a rejection; until then it must not be unhandled.
  const talking = Promise.all(posters.map(async ({ done }) => done))
  talking.catch((error: unknown) => ending.abort(error))

  async function nextStored(): Promise<number> {
    // From the database: on a busy machine all first answers may be late, so that each message is answered as a repeat.
    let rev = Number.POSITIVE_INFINITY
    const within = { signal, ms: STORED_WITHIN_MS }
    await until(
      'the database answers',
      async () => {
        rev = await roomState(sql, general.id).then(
          (state) => state.rev,
          () => rev,
        )
        return Number.isFinite(rev)
      },
      within,
    )
    await until('a message is stored', () => storedRev > rev, within)
    return storedRev
  }

  async function end(report = emptyReport(options.seed, 0)): Promise<ChaosReport> {
    posters.forEach((poster) => poster.stop())
    await talking
    await everybodyCaughtUp()
    tally(report, posters, subscribers)
    compare(report, {
      before,
      rows: await readRows(sql, general.id),
      lastSeq: (await roomState(sql, general.id)).lastSeq,
      pages: await readPages(alice, general.id),
      moderated: said.moderated,
      acknowledged: posters.map(({ acknowledged }): readonly Message[] => acknowledged),
      subscribers,
    })
    return report
  }

  async function everybodyCaughtUp(): Promise<void> {
    const { rev } = await roomState(sql, general.id)
    const within = { signal, ms: CAUGHT_UP_WITHIN_MS }
    await until(
      'everybody is caught up',
      () => subscribers.every((each) => each.rev() >= rev && each.isLive()),
      within,
    )
    await until('everything is published', async () => (await waiting()) === 0, within)
    // Everybody's own events go their own way.
    await until(
      'everybody counts what is unread and mentions them as the database does',
      async () => (await miscounting(general.id, people, subscribers)).length === 0,
      within,
    )
  }

  async function waiting(): Promise<number> {
    return (await roomState(sql, general.id)).waiting
  }

  return {
    posters,
    subscribers,
    pace,
    lastStoredRev: () => storedRev,
    nextStored,
    unavailable: () => posters.reduce((sum, { counts }) => sum + counts.unavailable, 0),
    isReadable: async () => {
      const { messages } = await mallory.call(listMessages, {
        params: { roomId: general.id },
        query: { limit: '10' },
      })
      return messages.length > 0
    },
    waiting,
    end,
    close: async () => {
      ending.abort()
      await Promise.allSettled([talking])
      subscribers.forEach((subscriber) => subscriber.close())
      await sql.end({ timeout: 1 })
    },
  }
}

async function generalOf({ call }: Person): Promise<Room> {
  const pages = await everyPage((query) => call(listRooms, { query }))
  const general = pages.flatMap(({ rooms }) => rooms).find(({ kind }) => kind === 'open')
  if (!general) throw new Error('There is no General')
  return general
}

async function roomState(
  sql: postgres.Sql,
  roomId: string,
): Promise<{ rev: number; lastSeq: number; waiting: number }> {
  const [state] = await sql<{ rev: number; lastSeq: number; waiting: number }[]>`
    select rev::int as rev, last_seq::int as "lastSeq", (
      select coalesce(sum(waiting), 0)::int from lagging
      where consumer = 'relay' and stream = 'room:' || rooms.id
    ) as waiting
    from rooms where id = ${roomId}`
  if (!state) throw new Error('The room is gone')
  return state
}
