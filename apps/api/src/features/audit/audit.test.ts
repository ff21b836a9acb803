import { createHash } from 'node:crypto'
import { listAudit } from '@conclave/shared/audit'
import { addMember } from '@conclave/shared/members'
import { getMe } from '@conclave/shared/people'
import { createRoom, openDirect } from '@conclave/shared/rooms.create'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditedBy, auditOf } from '../../../test/data-audit.ts'
import { arrive, type Colleague, refusal } from '../../../test/data-people.ts'
import { roomOf, say } from '../../../test/data-rooms.ts'
import { type Harness, startHarness } from '../../../test/harness.ts'
import { inTransaction } from '../../transaction.ts'
import { recordAct } from '../../audit/record-act.ts'

const CANARY = 'canary-5c1d'

let harness: Harness
let alice: Colleague
let bob: Colleague
let mallory: Colleague

beforeAll(async () => {
  harness = await startHarness()
  // The first person owns the workspace.
  const [one, two, three] = await arrive(harness, ['alice', 'bob', 'mallory'])
  alice = one!
  bob = two!
  mallory = three!
})
afterAll(async () => harness.close())

test('each privileged act is one entry: who, what, whom, the request, and that it was done', async () => {
  const { room, entries } = await openRoomWithBob()
  const [created, added] = entries
  expect(entries).toHaveLength(2)
  expect(created).toMatchObject({
    actorId: alice.id,
    action: 'room.created',
    target: { roomId: room },
    before: null,
    after: { kind: 'closed' },
    outcome: 'done',
    problem: null,
  })
  expect(added).toMatchObject({
    number: created!.number + 1,
    actorId: alice.id,
    action: 'member.added',
    target: { roomId: room, personId: bob.id },
    after: { role: 'member' },
  })
  const answered = harness.log.lines().filter(({ msg }) => msg === 'answered')
  expect(answered.map(({ reqId }) => reqId)).toEqual(
    expect.arrayContaining([created!.requestId, added!.requestId]),
  )
})

test('an act that changes nothing leaves no entry', async () => {
  const room = await roomOf(alice, 'closed', [bob])
  const direct = { body: { people: [bob.id] } }
  await alice.call(openDirect, direct)
  const entries = await auditedBy(harness, bob, async () => {
    await alice.call(addMember, { params: { roomId: room.id }, body: { personId: bob.id } })
    await alice.call(openDirect, direct)
    await bob.call(openDirect, { body: { people: [alice.id] } })
  })
  expect(entries).toEqual([])
})

test('an act that is rolled back leaves no entry', async () => {
  const record = async (then: () => void) =>
    inTransaction(harness.ctx, null, async (tx) => {
      recordAct(tx, null, { action: 'room.created', target: {} })
      then()
    })
  const failed = await auditedBy(harness, bob, async () => {
    await expect(
      record(() => {
        throw new Error('after all not')
      }),
    ).rejects.toThrow('after all not')
  })
  expect(failed).toEqual([])
  const done = await auditedBy(harness, bob, async () => record(() => undefined))
  expect(done).toMatchObject([{ action: 'room.created', actorId: null, requestId: null }])
})

test('owners and admins of the workspace read it, which is recorded too', async () => {
  await openRoomWithBob()
  const entries = await auditedBy(harness, bob, async () => {
    const page = await alice.call(listAudit, { query: { after: '1', limit: '2' } })
    expect(page.entries.map(({ number }) => number)).toEqual([2, 3])
  })
  expect(entries).toMatchObject([
    { action: 'audit.read', actorId: alice.id, after: { from: 2, entries: 2 } },
  ])
  expect(await refusal(bob.call(listAudit, { query: {} }))).toBe('not-allowed')
  await harness.owner`update people set role = 'admin' where id = ${bob.id}`
  expect((await bob.call(listAudit, { query: {} })).entries).not.toHaveLength(0)
  await harness.owner`update people set role = 'member' where id = ${bob.id}`
  expect(await refusal(bob.call(listAudit, { query: {} }))).toBe('not-allowed')
})

test('the chain can be verified from the first entry to the last', async () => {
  await openRoomWithBob()
  const { entries, last } = await alice.call(listAudit, { query: { limit: '1000' } })
  let hash = '0'.repeat(64)
  for (const [place, { line, hash: stored, ...record }] of entries.entries()) {
    expect(record).toEqual(JSON.parse(line))
    expect(record.previous).toBe(hash)
    hash = createHash('sha256').update(line).digest('hex')
    expect(stored).toBe(hash)
    expect(record.number).toBe(place + 1)
  }
  expect(last).toEqual({ number: entries.length, hash })
})

test('each entry is in the api’s log too, so that a rewritten chain would be noticed', async () => {
  await openRoomWithBob()
  const logged = harness.log.lines().flatMap(({ audit }) => (audit ? [audit] : []))
  const stored = await harness.sql`select number, hash from audit order by number`
  expect(logged).toEqual([...stored])
})

test('it contains no message, no name and no secret', async () => {
  const { token } = await harness.as('alice@example.com')
  const named = { kind: 'closed', name: CANARY, topic: CANARY } as const
  const room = await alice.call(createRoom, { body: named })
  await say(alice, room.id, CANARY)
  await mallory.send('POST', `/v1/rooms/${room.id}/messages`, { id: room.id, text: CANARY })
  await mallory.send('POST', `/v1/rooms/${room.id}/members`, { personId: bob.id })
  await mallory.send('GET', `/v1/rooms/${room.id}/messages?around=${CANARY}`)
  await auditedBy(harness, bob, async () => undefined)
  const { email } = await alice.call(getMe, {})
  const all = JSON.stringify(await auditOf(harness))
  expect(all).toContain(room.id)
  for (const secret of [CANARY, email, 'Alice', 'auth0|', token]) expect(all).not.toContain(secret)
})

async function openRoomWithBob() {
  let room = ''
  const entries = await auditedBy(harness, bob, async () => {
    room = (await roomOf(alice, 'closed', [bob])).id
  })
  return { room, entries }
}
