import { listChanges } from '@conclave/shared/messages'
import { listPeople, listPeopleChanges } from '@conclave/shared/people'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { published, publishedToRoom } from '../../test/data-envelopes.ts'
import { arrive, type Colleague } from '../../test/data-people.ts'
import { roomOf, say } from '../../test/data-rooms.ts'
import { type Harness, startHarness } from '../../test/harness.ts'
import { recordingConsumer } from '../../test/recording-consumer.ts'
import { SEARCH } from '../features/search/search.consumer.ts'
import { HINTS } from '../realtime/hints.ts'
import { RELAY } from '../realtime/relay.ts'
import { KEPT_REVS, trimSome } from './log.store.ts'
import { streams } from './streams.ts'
import { trimLog } from './trim.ts'

/** The consumers of the api itself. */
const OURS = [RELAY, HINTS, SEARCH]

let harness: Harness
let alice: Colleague

beforeAll(async () => {
  harness = await startHarness()
  const [one] = await arrive(harness, ['alice'])
  alice = one!
})
afterEach(async () => harness.owner`delete from consumers where name <> all (${OURS})`)
afterAll(async () => harness.close())

test('rooms keep the revisions that a catch-up needs, and every stream what a consumer has not read', async () => {
  const room = await roomOf(alice, 'closed')
  await published(harness)
  const stream = streams.room(room.id)
  await happened(stream, KEPT_REVS + 20)
  const other = recordingConsumer('slow reader')
  const away = await harness.another()
  await away.ctx.consumers.start(other.spec)
  await away.close()
  await cursorAt('slow reader', stream, 15)
  await trimLog(harness.ctx)
  expect(await revsOf(stream)).toEqual({ first: 16, count: KEPT_REVS + 5 })
  await cursorAt('slow reader', stream, KEPT_REVS + 20)
  await trimLog(harness.ctx)
  expect(await revsOf(stream)).toEqual({ first: 21, count: KEPT_REVS })
  const since = async (after: number) =>
    alice.call(listChanges, { params: { roomId: room.id }, query: { after: String(after) } })
  expect(await since(19)).toEqual({ reset: true, rev: KEPT_REVS + 20 })
  expect(await since(20)).toMatchObject({ reset: false, members: [{ personId: alice.id }] })
  expect(await revsOf(streams.person(alice.id))).toEqual({ first: null, count: 0 })
})

test('a team in which little happened keeps all of its revisions', async () => {
  await using young = await startHarness()
  const [carol] = await arrive(young, ['carol', 'alice'])
  await published(young)
  await trimLog(young.ctx)
  const { rev } = await carol!.call(listPeople, {})
  expect(rev).toBeGreaterThan(1)
  expect(await revsOf(streams.team, young)).toEqual({ first: 1, count: rev })
})

test('of a team in which much happens, the last revisions stay', async () => {
  await published(harness)
  // In one statement, so that no consumer begins to read it.
  await harness.owner`
    with raised as (update team set rev = rev + ${KEPT_REVS} + 20 returning rev),
    read as (
      update cursors set rev = raised.rev from raised where stream = ${streams.team}
    )
    insert into log (stream, rev, kind, subject, type, data)
    select ${streams.team}, nth, 'person', ${alice.id}, 'person.updated', '{}'
    from raised, generate_series(rev - ${KEPT_REVS} - 19, rev) nth`
  await trimLog(harness.ctx)
  const { rev } = await alice.call(listPeople, {})
  expect(await revsOf(streams.team)).toEqual({ first: rev - KEPT_REVS + 1, count: KEPT_REVS })
  const since = async (after: number) =>
    alice.call(listPeopleChanges, { query: { after: String(after) } })
  expect(await since(rev - KEPT_REVS)).toMatchObject({ reset: false, people: [{ id: alice.id }] })
  expect(await since(rev - KEPT_REVS - 1)).toEqual({ reset: true, rev })
})

test('the log is trimmed in portions', async () => {
  const room = await roomOf(alice, 'closed')
  await published(harness)
  await happened(streams.room(room.id), 25)
  const trim = async () => trimSome(harness.sql, { kept: 5, most: 15 })
  await harness.sql`delete from log where stream <> ${streams.room(room.id)}`
  expect([await trim(), await trim(), await trim()]).toEqual([15, 5, 0])
})

test('a consumer that nobody runs keeps what it has not read, is logged, and keeps nothing once it is removed', async () => {
  const away = await harness.another()
  await away.ctx.consumers.start(recordingConsumer('gone', { reads: ['person'] }).spec)
  await away.close()
  await harness.owner`
    with raised as (update people set rev = rev + 1 where id = ${alice.id} returning rev),
    read as (
      update cursors set rev = raised.rev from raised
      where consumer = ${RELAY} and stream = ${streams.person(alice.id)}
    )
    insert into log (stream, rev, kind, type, data, at)
    select ${streams.person(alice.id)}, rev, 'notice', 'read.moved', '{}', now() - interval '2 hours'
    from raised`
  await trimLog(harness.ctx)
  expect(await revsOf(streams.person(alice.id))).toMatchObject({ count: 1 })
  expect(harness.log.lines().filter(({ level }) => level === 'error')).toMatchObject([
    { consumer: 'gone', oldestSeconds: expect.any(Number), msg: expect.stringContaining('keeps') },
  ])
  await expect.poll(() => harness.ctx.consumers.report()['gone']).toMatchObject({ waiting: 1 })
  const { text } = await alice.send('GET', '/metrics')
  expect(text).toContain('\nconclave_log_waiting{consumer="gone"} 1\n')
  expect(text).toMatch(/\nconclave_log_oldest_seconds\{consumer="gone"\} 7[0-9]{3}\.?/)
  await harness.owner`delete from consumers where name = 'gone'`
  await trimLog(harness.ctx)
  expect(await revsOf(streams.person(alice.id))).toMatchObject({ count: 0 })
})

test('a consumer that starts to read another kind of stream gets its events from then on', async () => {
  const { spec } = recordingConsumer('widening')
  const first = await harness.another()
  await first.ctx.consumers.start(spec)
  await first.close()
  const [{ rev }] = await harness.sql<[{ rev: number }]>`select rev from team`
  await using second = await harness.another()
  await second.ctx.consumers.start({ ...spec, reads: ['room', 'team'] })
  await expect.poll(() => second.ctx.consumers.report()['widening']).toMatchObject({ waiting: 0 })
  expect(
    await harness.sql`select rev from cursors where consumer = 'widening' and stream = 'team'`,
  ).toEqual([{ rev }])
})

test('an earlier release that reads less, started in between, takes nothing from one that reads more', async () => {
  const { spec, seen } = recordingConsumer('narrowing')
  const wide = { ...spec, reads: ['room', 'team'] as const }
  for (const reads of [wide.reads, spec.reads]) {
    const instance = await harness.another()
    await instance.ctx.consumers.start({ ...spec, reads })
    await instance.close()
  }
  await harness.owner`
    with told as (update team set rev = rev + 1 returning rev)
    insert into log (stream, rev, kind, subject, type, data)
    select 'team', rev, 'person', ${alice.id}, 'presence.updated', '{}' from told`
  await published(harness)
  await trimLog(harness.ctx)
  const again = await harness.another()
  await again.ctx.consumers.start(wide)
  again.ctx.consumers.wake([streams.team])
  await expect.poll(() => seen).toMatchObject([{ stream: 'team', type: 'presence.updated' }])
})

test('a cursor beyond the end of its stream is taken back to it, and what happens then is published', async () => {
  const room = await roomOf(alice, 'closed')
  await say(alice, room.id, 'one')
  await published(harness)
  await cursorAt(RELAY, streams.room(room.id), 100)
  await harness.another()
  await say(alice, room.id, 'two')
  const revs = async () => (await publishedToRoom(harness, room.id)).map(({ rev }) => rev)
  await expect.poll(revs).toEqual([1, 2])
})

/** Emits so many events, and waits until all of them are published. */
async function happened(stream: string, count: number): Promise<void> {
  // A consumer that is still reading what happened before would set its cursor back to that.
  const behind = async () => harness.sql`select from lagging where consumer = any (${[...OURS]})`
  await expect.poll(behind).toHaveLength(0)
  await harness.owner`
    insert into log (stream, rev, kind, subject, type, data)
    select ${stream}, rev, 'member', ${alice.id}, 'member.updated', '{}' from generate_series(1, ${count}) rev`
  for (const consumer of OURS) await cursorAt(consumer, stream, count)
  await harness.owner`update rooms set rev = ${count} where 'room:' || id = ${stream}`
}

async function cursorAt(consumer: string, stream: string, rev: number): Promise<void> {
  await harness.owner`
    insert into cursors (consumer, stream, rev) values (${consumer}, ${stream}, ${rev})
    on conflict (consumer, stream) do update set rev = excluded.rev`
}

async function revsOf(stream: string, { sql } = harness) {
  const [row] = await sql`
    select min(rev) as first, count(*) from log where stream = ${stream}`
  return row
}
