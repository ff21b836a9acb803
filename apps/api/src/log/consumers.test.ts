import { once } from 'node:events'
import type { Message } from '@conclave/shared/messages'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishedToRoom } from '../../test/data-envelopes.ts'
import { arrive, type Colleague } from '../../test/data-people.ts'
import { edit, roomOf, say, sayMany } from '../../test/data-rooms.ts'
import { type Harness, startHarness } from '../../test/harness.ts'
import { recordingConsumer } from '../../test/recording-consumer.ts'
import { inTransaction } from '../transaction.ts'
import { emitToRoom } from './emit.ts'
import type { ConsumerSpec } from './flight.ts'
import type { LogEvent } from './log.store.ts'

let harness: Harness
let alice: Colleague

beforeAll(async () => {
  harness = await startHarness()
  const [one] = await arrive(harness, ['alice'])
  alice = one!
})
afterAll(async () => harness.close())

test('an event of a room that was not locked is refused, in words that say so', async () => {
  const room = await roomOf(alice, 'closed')
  const message = await say(alice, room.id, 'hello')
  const event = { type: 'message.changed', data: message } as const
  const changed = { kind: 'message', subject: message.id } as const
  const emitting = inTransaction(harness.ctx, null, async (tx) =>
    emitToRoom(tx, room.id, event, changed),
  )
  await expect(emitting).rejects.toThrow('message.changed is emitted to a room that was not locked')
  await edit(alice, message, 'hello again')
  expect((await publishedToRoom(harness, room.id)).map(({ type }) => type)).toEqual([
    'message.posted',
    event.type,
  ])
})

test('a new consumer gets the events from now on, at once and in order', async () => {
  const room = await roomOf(alice, 'closed')
  await say(alice, room.id, 'before it was there')
  const { spec, seen } = recordingConsumer('newcomer')
  await harness.ctx.consumers.start(spec)
  await sayMany(alice, room.id, 25)
  await expect.poll(() => seen.length).toBe(25)
  expect(textsOf(seen)).toEqual(Array.from({ length: 25 }, (_, nth) => `message ${nth + 1}`))
  expect(seen[0]).toMatchObject({ kind: 'message', type: 'message.posted', rev: 2 })
})

test.each([
  ['hangs', async () => Promise.withResolvers<number>().promise],
  ['fails', async () => Promise.reject(new Error('nobody is there'))],
  ['does nothing', async () => 0],
])('a consumer that %s delays no other, and its state shows it', async (how, perform) => {
  const name = `one that ${how}`
  const { spec, seen } = recordingConsumer(`beside ${name}`)
  await harness.ctx.consumers.start({ ...recordingConsumer(name).spec, perform })
  await harness.ctx.consumers.start(spec)
  const room = await roomOf(alice, 'closed')
  await sayMany(alice, room.id, 12)
  expect((await publishedToRoom(harness, room.id)).map(({ rev }) => rev)).toEqual(upTo(12))
  await expect.poll(() => seen.map(({ rev }) => rev)).toEqual(upTo(12))
  const report = () => harness.ctx.consumers.report()
  await expect.poll(() => report()[name]?.failures).toBeGreaterThan(0)
  await expect.poll(() => report()[name]?.waiting).toBe(12)
  await expect.poll(() => report()[`beside ${name}`]).toMatchObject({ failures: 0, waiting: 0 })
  const { text } = await alice.send('GET', '/readyz')
  expect(text).not.toContain('nobody is there')
  expect(JSON.parse(text)).toMatchObject({ consumers: { [name]: { waiting: 12 } } })
  expect(await harness.ctx.metrics.registry.metrics()).toMatch(
    new RegExp(
      `^conclave_consumer_failures_total\\{consumer="${name}",step="perform"\\} [1-9]`,
      'm',
    ),
  )
})

test('what takes too long keeps its locks until it has ended, and writes nothing late', async () => {
  await harness.owner`create table late_words (word text)`
  await harness.owner`grant select, insert on late_words to ${harness.owner(await apiRole())}`
  const room = await roomOf(alice, 'closed')
  const name = 'one that winds up'
  const held: number[] = []
  const refusals: unknown[] = []
  const { spec, seen } = recordingConsumer(name, { timeoutMs: 50 })
  await harness.ctx.consumers.start({
    ...spec,
    perform: async (events, flight) => {
      if (held.length > 0) return spec.perform(events, flight)
      await once(flight.signal, 'abort')
      while (held.length < 30) held.push(await locksOf(name, `room:${room.id}`))
      await insertLate(flight).catch((error: unknown) => refusals.push(error))
      return events.length
    },
  })
  await say(alice, room.id, 'one')
  await expect.poll(() => seen.map(({ rev }) => rev)).toEqual([1])
  expect(new Set(held)).toEqual(new Set([1]))
  expect(refusals).toMatchObject([{ name: 'AbortError' }])
  expect([...(await harness.sql`select word from late_words`)]).toEqual([])
})

test('a consumer that would hold a transaction open for too long is not started', async () => {
  const { spec } = recordingConsumer('patient', { timeoutMs: 10_001 })
  await expect(harness.ctx.consumers.start(spec)).rejects.toThrow('patient may take 10000 ms')
  await harness.ctx.consumers.start({ ...spec, timeoutMs: 10_000 })
})

test('a consumer that is started again continues from its cursor, on any instance', async () => {
  const room = await roomOf(alice, 'closed')
  const first = await harness.another()
  const { spec, seen } = recordingConsumer('moving')
  await first.ctx.consumers.start(spec)
  await say(alice, room.id, 'one')
  await expect.poll(() => textsOf(seen)).toEqual(['one'])
  await first.close()
  await say(alice, room.id, 'two')
  const later = recordingConsumer('moving')
  const second = await harness.another()
  await second.ctx.consumers.start(later.spec)
  await say(alice, room.id, 'three')
  await expect.poll(() => textsOf(later.seen)).toEqual(['two', 'three'])
  expect(textsOf(seen)).toEqual(['one'])
})

test('a consumer that dies between its effect and its cursor repeats the effect, with the same id', async () => {
  const room = await roomOf(alice, 'closed')
  const { spec, seen } = recordingConsumer('dying')
  let died = false
  await harness.ctx.consumers.start({
    ...spec,
    perform: async (events, flight) => {
      const done = await spec.perform(events, flight)
      if (died) return done
      died = true
      const [own] = await flight.sql<{ pid: number }[]>`select pg_backend_pid() as pid`
      await harness.owner`select pg_terminate_backend(${own!.pid})`
      return done
    },
  })
  const { id } = await say(alice, room.id, 'only once, please')
  await expect.poll(() => seen.length).toBe(2)
  const [once, again] = seen
  expect(again).toEqual(once)
  expect(once).toMatchObject({ stream: `room:${room.id}`, rev: 1, subject: id })
  await say(alice, room.id, 'and on it goes')
  await expect.poll(() => seen.map(({ rev }) => rev)).toEqual([1, 1, 2])
})

test('a consumer that is removed while it runs gets no more events, and none a second time', async () => {
  const room = await roomOf(alice, 'closed')
  const { spec, seen } = recordingConsumer('removed')
  await harness.ctx.consumers.start(spec)
  await say(alice, room.id, 'one')
  await expect.poll(() => textsOf(seen)).toEqual(['one'])
  await harness.owner`delete from consumers where name = 'removed'`
  await say(alice, room.id, 'two')
  const report = () => harness.ctx.consumers.report()['removed']
  await expect.poll(() => report()?.lastError).toContain('removed is not registered any more')
  expect(textsOf(seen)).toEqual(['one'])
  const again = recordingConsumer('removed')
  const restarted = await harness.another()
  await restarted.ctx.consumers.start(again.spec)
  await say(alice, room.id, 'three')
  await expect.poll(() => textsOf([...seen, ...again.seen])).toEqual(['one', 'three'])
})

test('what a consumer writes to our own database is written exactly once', async () => {
  await harness.owner`create table words (stream text, rev bigint)`
  await harness.owner`grant select, insert on words to ${harness.owner(await apiRole())}`
  const room = await roomOf(alice, 'closed')
  let failures = 2
  await harness.ctx.consumers.start({
    ...recordingConsumer('counting').spec,
    perform: async (events, { sql }) => {
      for (const { stream, rev } of events) await sql`insert into words values (${stream}, ${rev})`
      if (failures-- > 0) throw new Error('just before the end')
      return events.length
    },
  })
  await sayMany(alice, room.id, 3)
  const counted = async () => {
    const rows = await harness.sql<{ rev: number }[]>`
      select rev from words where stream = ${`room:${room.id}`} order by rev`
    return rows.map(({ rev }) => rev)
  }
  await expect.poll(counted).toEqual([1, 2, 3])
  expect(failures).toBeLessThan(0)
})

test('a consumer that handles some of the events continues after those', async () => {
  const room = await roomOf(alice, 'closed')
  const given: number[][] = []
  await harness.ctx.consumers.start({
    ...recordingConsumer('careful', { flights: 2 }).spec,
    perform: async (events) => {
      given.push(events.map(({ rev }) => rev))
      return 1
    },
  })
  await sayMany(alice, room.id, 5)
  await expect.poll(() => given.map(([first]) => first)).toEqual(upTo(5))
})

test('a consumer that asks what has moved gets the last event of each room, not more often than it wants', async () => {
  const rooms = [await roomOf(alice, 'closed'), await roomOf(alice, 'closed')]
  const given: { at: number; events: readonly LogEvent[] }[] = []
  const everyMs = 700
  await harness.ctx.consumers.start({
    ...recordingConsumer('leisurely', { everyMs, lastOnly: true }).spec,
    perform: async (events) => {
      given.push({ at: performance.now(), events })
      return events.length
    },
  })
  const began = performance.now()
  await Promise.all(rooms.map(async ({ id }) => sayMany(alice, id, 20)))
  const report = () => harness.ctx.consumers.report()['leisurely']
  const last = () =>
    new Map(given.flatMap(({ events }) => events).map((event) => [event.stream, event.rev]))
  await expect.poll(() => [...last().values()]).toEqual([20, 20])
  const most = 1 + Math.ceil((performance.now() - began) / everyMs)
  expect(given.length).toBeLessThanOrEqual(most)
  for (const { events } of given) {
    expect(new Set(events.map(({ stream }) => stream)).size).toBe(events.length)
    expect(events.map(({ data }) => data)).toEqual(events.map(() => null))
  }
  await expect.poll(() => report()?.waiting).toBe(0)
})

async function insertLate({ sql }: Parameters<ConsumerSpec['perform']>[1]): Promise<void> {
  await sql`insert into late_words values ('late')`
}

/** How many transactions hold this consumer's lock of a stream. */
async function locksOf(consumer: string, stream: string): Promise<number> {
  const rows = await harness.sql`
    select from pg_locks
    where locktype = 'advisory' and granted
      and (classid::bigint << 32) | objid::bigint = cursor_lock(${consumer}, ${stream})`
  return rows.length
}

function textsOf(events: readonly LogEvent[]): string[] {
  return events.map(({ data }) => (data as Message).text)
}

async function apiRole(): Promise<string> {
  const [row] = await harness.sql<{ role: string }[]>`select current_user as role`
  return row!.role
}

function upTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1)
}
