import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { listChanges, listMessages, postMessage } from '@conclave/shared/messages'
import { agrees } from '@conclave/shared/messages.compare'
import { createDigestOf } from '@conclave/shared/messages.digest'
import { getMe } from '@conclave/shared/people'
import { listDirectory, listRooms } from '@conclave/shared/rooms'
import { openDirect } from '@conclave/shared/rooms.create'
import { listSessions } from '@conclave/shared/sessions'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { miscounted } from '../../test/counted.ts'
import { createDatabase } from '../../test/database.ts'
import { openEnvelope } from '../../test/secret-box.ts'
import { outcomeOf } from '../../test/data-people.ts'
import { GENERAL } from '../../test/data-rooms.ts'
import type { Caller, Instance } from '../../test/instance.ts'
import { type Harness, startHarness } from '../../test/harness.ts'
import { RELAY } from '../realtime/relay.ts'
import { connectAsOwner, type Sql } from './connection.ts'

/** The migrations of the first release; every database has been through these, with rows in it. */
const FIRST_RELEASE = '0010-message-path.sql'
const TEXTS = ['first', 'two\nlines "quoted" \\ \u0001 \u2028', '\u{1F511} é e\u0301']
const WAITED_SINCE = '2026-01-02T03:04:05.678Z'
const REPEATED = '01900000-0000-7000-8000-00000000aaaa'

let harness: Harness
let database: Awaited<ReturnType<typeof createDatabase>>
let owner: Sql
let upgraded: Instance
let alice: Caller
let ids: { alice: string; bob: string; direct: string; ended: string }

beforeAll(async () => {
  harness = await startHarness()
  database = await createDatabase()
  owner = connectAsOwner(database.url, { applicationName: 'test-owner', maxConnections: 1 })
  await migrateUpTo(FIRST_RELEASE)
  ids = await fill()
  upgraded = await harness.another({ DATABASE_URL: database.url })
  alice = await upgraded.as('alice@example.com')
})
afterAll(async () => {
  await owner.end()
  await harness.close()
  await database.drop()
})

test('messages from before an upgrade are read, compared and repeated unchanged', async () => {
  const params = { roomId: GENERAL }
  const held = await alice.call(listMessages, { params, query: {} })
  expect(held.messages.map(({ text }) => text)).toEqual(TEXTS)
  const changes = await alice.call(listChanges, {
    params,
    query: { after: String(held.rev), from: '1', to: String(TEXTS.length) },
  })
  expect(changes).toMatchObject({ runDigest: { sha256: expect.any(String) } })
  expect(await agrees(held, changes, digestOf)).toBe(true)
  const again = await alice.call(postMessage, { params, body: { id: REPEATED, text: 'first' } })
  expect(again).toEqual(held.messages[0])
  const body = { id: '01900000-0000-7000-8000-00000000bbbb', text: 'after it' }
  expect(await alice.call(postMessage, { params, body })).toMatchObject({ seq: TEXTS.length + 1 })
})

test('rooms and memberships are unchanged', async () => {
  const { rooms } = await alice.call(listRooms, {})
  expect(rooms.map(({ name, kind, role }) => [name, kind, role])).toEqual([
    ['General', 'open', 'owner'],
    ['', 'direct', 'member'],
  ])
  const direct = await alice.call(openDirect, { body: { people: [ids.bob] } })
  expect(direct).toMatchObject({ id: ids.direct, memberCount: 2, membersRev: 3 })
  expect(await miscounted(owner)).toEqual([])
  const { rooms: found } = await alice.call(listDirectory, { query: { search: 'STRASSE' } })
  expect(found).toMatchObject([{ name: 'Straße', joined: false, keptOut: false }])
})

test('people who had lost access still have none, and the others still have it', async () => {
  const bob = await upgraded.as('bob@example.com')
  expect(await outcomeOf(bob.call(getMe, {}))).toBe('access-removed')
  expect(await outcomeOf(alice.call(getMe, {}))).toBe('done')
  const { sessions } = await alice.call(listSessions, {})
  expect(sessions.map(({ id }) => id)).not.toContain(ids.ended)
  expect(sessions.map(({ userAgent }) => userAgent)).toContain('an old phone')
})

test('events that waited are published in order, and no others again', async () => {
  await expect
    .poll(async () => owner`select from lagging where consumer = ${RELAY}`, { timeout: 10_000 })
    .toHaveLength(0)
  const published = harness.pusher.record
    .publishes()
    .flatMap(({ channels: [channel = ''], data }) => {
      const { shared_secret = '' } = upgraded.ctx.pusher.authorizeChannel('1.1', channel)
      return openEnvelope(data, shared_secret) ?? []
    })
  const direct = published.filter((envelope) => 'room' in envelope && envelope.room === ids.direct)
  expect(direct).toMatchObject([
    { rev: 2, type: 'message.posted', data: { text: 'not told yet', rev: 2, seq: 2 } },
    { rev: 3, type: 'member.updated', data: { role: 'member' }, at: WAITED_SINCE },
  ])
  const first = published.find((envelope) => 'room' in envelope && envelope.room === GENERAL)
  expect(first).toMatchObject({ rev: TEXTS.length, data: { text: TEXTS.at(-1) } })
  expect(published.filter((envelope) => 'person' in envelope)).toMatchObject([
    { person: ids.alice, rev: 2, type: 'read.moved', at: WAITED_SINCE },
  ])
  expect(published.filter((envelope) => 'team' in envelope)).toMatchObject([
    { rev: 5, type: 'presence.changed', data: { personId: ids.bob } },
  ])
})

test('a client that was away before it gets the changes', async () => {
  const changes = await changesOf(GENERAL)
  if (changes.reset) throw new Error('It got no changes')
  const before = changes.messages.filter(({ seq }) => seq <= TEXTS.length)
  expect(before.map(({ text }) => text)).toEqual(TEXTS)
  expect(await changesOf(ids.direct)).toMatchObject({
    messages: [{ text: 'told' }, { text: 'not told yet' }],
    members: [{ personId: ids.bob }],
  })
})

const digestOf = createDigestOf(
  async (data) => new Uint8Array(createHash('sha256').update(data).digest()),
)

/** A database as an earlier release left it. */
async function migrateUpTo(last: string): Promise<void> {
  await owner`
    create table migrations (
      name text primary key, checksum text not null, applied_at timestamptz not null default now()
    )`
  const folder = join(import.meta.dirname, 'migrations')
  for (const name of (await readdir(folder)).toSorted()) {
    if (name > last) return
    const text = await readFile(join(folder, name), 'utf8')
    const checksum = createHash('sha256').update(text).digest('hex')
    await owner.unsafe(text)
    await owner`insert into migrations (name, checksum) values (${name}, ${checksum})`
  }
}

/** Rows as that release wrote them, with its own functions. */
async function fill() {
  const alice = await personOf('alice', 'owner')
  const bob = await personOf('bob', 'member')
  await owner`
    insert into memberships (room_id, person_id, role)
    values (${GENERAL}, ${alice}, 'owner'), (${GENERAL}, ${bob}, 'member')`
  await owner`insert into rooms (kind, name) values ('open', 'Straße')`
  const [direct] = await owner<{ id: string }[]>`
    insert into rooms (kind, name, direct_key)
    values ('direct', '', ${[alice, bob].toSorted().join(' ')}) returning id`
  await owner`
    insert into memberships (room_id, person_id, role)
    values (${direct!.id}, ${alice}, 'member'), (${direct!.id}, ${bob}, 'member')`
  for (const [nth, text] of TEXTS.entries()) {
    const id = nth === 0 ? REPEATED : `01900000-0000-7000-8000-00000000000${nth}`
    await post({ id, roomId: GENERAL, author: alice, text })
  }
  for (const [nth, text] of ['told', 'not told yet'].entries())
    await post({
      id: `01900000-0000-7000-8000-00000000001${nth}`,
      roomId: direct!.id,
      author: alice,
      text,
    })
  await leaveUntold({ alice, bob, direct: direct!.id })
  const [, ended] = await owner<{ id: string }[]>`
    insert into sessions (person_id, sid, user_agent, ended_at)
    values (${alice}, 'one', 'an old phone', null), (${alice}, 'two', 'a lost phone', now())
    returning id`
  await owner`
    update people set blocked_at = now(), not_before = now(), blocked_by = ${alice} where id = ${bob}`
  await owner`insert into revocation_steps (person_id, kind, done_at) values (${bob}, 'sockets-closed', now())`
  await owner`insert into audit (actor_id, action, target) values (${alice}, 'person.blocked', '{}')`
  return { alice, bob, direct: direct!.id, ended: ended!.id }
}

async function changesOf(roomId: string) {
  return alice.call(listChanges, { params: { roomId }, query: { after: '0' } })
}

async function post(given: { id: string; roomId: string; author: string; text: string }) {
  const [posted] = await owner`
    select outcome from post_messages(
      ${[given.id]}::uuid[], ${[given.roomId]}::uuid[], ${[given.author]}::uuid[], ${[given.text]}::text[]
    )`
  expect(posted).toEqual({ outcome: 'posted' })
}

/** Of each stream the last event waits to be published, of the direct room two; the others have been. */
async function leaveUntold(ids: { alice: string; bob: string; direct: string }): Promise<void> {
  const direct = `room:${ids.direct}`
  await owner`delete from outbox where (stream, rev) <> all (values (${direct}, 2::bigint)) and rev < ${TEXTS.length}`
  await owner`update rooms set rev = 3 where id = ${ids.direct}`
  await owner`
    insert into changes (room_id, rev, kind, subject) values (${ids.direct}, 3, 'member', ${ids.bob})`
  await owner`update people set rev = 2 where id = ${ids.alice}`
  await owner`update team set rev = 5`
  const joinedAt = WAITED_SINCE
  await owner`
    insert into outbox (stream, rev, type, data, at)
    select stream, rev, type, data::json, ${WAITED_SINCE} from (values
      (${direct}, 3, 'member.updated', ${JSON.stringify({ personId: ids.bob, role: 'member', joinedAt })}),
      (${`person:${ids.alice}`}, 2, 'read.moved', ${JSON.stringify({ roomId: GENERAL, readSeq: 1 })}),
      ('team', 5, 'presence.changed', ${JSON.stringify({ personId: ids.bob, online: false })})
    ) as waiting (stream, rev, type, data)`
}

async function personOf(name: string, role: string): Promise<string> {
  const email = `${name}@example.com`
  const token = await harness.auth0.accessTokenFor(email)
  const claims = Buffer.from(token.split('.')[1]!, 'base64url').toString()
  const { sub } = JSON.parse(claims) as { sub: string }
  const [person] = await owner<{ id: string }[]>`
    insert into people (auth0_sub, name, email, email_verified, role)
    values (${sub}, ${name}, ${email}, true, ${role}) returning id`
  return person!.id
}
