import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditedBy, auditOf } from '../../test/data-audit.ts'
import { arrive, type Colleague, withoutInstance } from '../../test/data-people.ts'
import { NOWHERE, roomOf } from '../../test/data-rooms.ts'
import { type Harness, startHarness } from '../../test/harness.ts'
import { createRefusals } from './refusals.ts'

let harness: Harness
let alice: Colleague
let bob: Colleague
let mallory: Colleague

beforeAll(async () => {
  harness = await startHarness()
  const [one, two, three] = await arrive(harness, ['alice', 'bob', 'mallory'])
  alice = one!
  bob = two!
  mallory = three!
})
afterAll(async () => harness.close())

test('each refused act is one entry: who, what, of whom, and why not', async () => {
  const { id: roomId } = await roomOf(alice, 'closed', [bob])
  const entries = await auditedBy(harness, alice, async () => {
    await bob.send('POST', `/v1/rooms/${roomId}/members`, { personId: mallory.id })
    await mallory.send('GET', `/v1/rooms/${roomId}/messages`)
    await mallory.send('GET', `/v1/people?outside=${roomId}`)
    await mallory.send('GET', `/v1/people/${NOWHERE}`)
    await mallory.send('POST', '/pusher/auth', {
      socket_id: '1.1',
      channel_name: `private-encrypted-room-${roomId}-e0`,
    })
  })
  expect(
    entries.map(({ actorId, action, target, problem }) => [actorId, action, target, problem]),
  ).toEqual([
    [bob.id, 'addMember', { roomId, personId: mallory.id }, 'not-allowed'],
    [mallory.id, 'listMessages', { roomId }, 'room-not-found'],
    [mallory.id, 'listPeople', { roomId }, 'room-not-found'],
    [mallory.id, 'getPerson', { personId: NOWHERE }, 'person-not-found'],
    [mallory.id, 'authorizeChannel', { roomId }, 'channel-not-found'],
  ])
  for (const entry of entries) {
    expect(entry).toMatchObject({ outcome: 'refused', before: null, after: null })
  }
})

test('in a batch of channels, each foreign room or person is one entry', async () => {
  const { id: theirs } = await roomOf(alice, 'closed')
  const { id: own } = await roomOf(mallory, 'closed')
  const channels = [
    `private-encrypted-room-${theirs}-e0`,
    `presence-room-${theirs}-e0`,
    `private-encrypted-person-${alice.id}-e0`,
    // An earlier epoch only, as after somebody was removed.
    `private-encrypted-room-${own}-e7`,
    `private-encrypted-room-${own}-e0`,
    'anything-else',
  ]
  const entries = await auditedBy(harness, alice, async () => {
    const body = { socket_id: '1.1', channel_names: channels }
    expect((await mallory.send('POST', '/pusher/auth/batch', body)).status).toBe(200)
  })
  expect(entries.map(({ action, target, problem }) => [action, target, problem])).toEqual([
    ['authorizeChannels', { roomId: theirs }, 'channel-not-found'],
    ['authorizeChannels', { personId: alice.id }, 'channel-not-found'],
  ])
})

test('the same request, allowed, leaves no entry', async () => {
  const { id: roomId } = await roomOf(alice, 'closed')
  const entries = await auditedBy(harness, bob, async () => {
    await alice.send('GET', `/v1/rooms/${roomId}/messages`)
    await alice.send('GET', `/v1/people/${bob.id}`)
    await alice.send('POST', `/v1/rooms/${roomId}/members`, { personId: mallory.id })
  })
  expect(entries.map(({ action, outcome }) => [action, outcome])).toEqual([
    ['member.added', 'done'],
  ])
})

test('a person who lost access is named in the entry', async () => {
  await harness.owner`update people set blocked_at = now() where id = ${mallory.id}`
  const entries = await auditedBy(harness, alice, async () => mallory.send('GET', '/v1/rooms'))
  await harness.owner`update people set blocked_at = null where id = ${mallory.id}`
  expect(entries).toMatchObject([
    { actorId: mallory.id, action: 'listRooms', target: {}, problem: 'access-removed' },
  ])
})

test('unknown callers leave no entry', async () => {
  const entries = await auditedBy(harness, alice, async () => {
    const anonymous = await fetch(`${harness.url}/v1/rooms`)
    expect(anonymous.status).toBe(401)
    const forged = await fetch(`${harness.url}/v1/rooms`, {
      headers: { authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.x' },
    })
    expect(forged.status).toBe(401)
    expect((await mallory.send('POST', '/v1/rooms', { kind: 'secret' })).status).toBe(400)
    expect((await mallory.send('GET', '/v1/nothing')).status).toBe(404)
  })
  expect(entries).toEqual([])
})

test('disconnecting before the response does not prevent the entry', async () => {
  const { token } = await harness.as('mallory@example.com')
  const entries = await auditedBy(harness, alice, async () => {
    const socket = connect(Number(new URL(harness.url).port), '127.0.0.1')
    await once(socket, 'connect')
    socket.write(
      `GET /v1/rooms/${NOWHERE}/members HTTP/1.1\r\nHost: api\r\nAuthorization: Bearer ${token}\r\n\r\n`,
      () => socket.resetAndDestroy(),
    )
    await expect
      .poll(async () => (await auditOf(harness)).filter(({ action }) => action === 'listMembers'))
      .toHaveLength(1)
  })
  expect(entries).toMatchObject([{ actorId: mallory.id, action: 'listMembers' }])
})

test('a recorded refusal has the same response as one for an unknown id', async () => {
  const { id } = await roomOf(alice, 'closed')
  const here = await mallory.send('GET', `/v1/rooms/${id}`)
  const absent = await mallory.send('GET', `/v1/rooms/${NOWHERE}`)
  expect(withoutInstance(here.text)).toBe(withoutInstance(absent.text))
})

test('a flood of refusals is written completely, in numbers without a gap', async () => {
  const entries = await auditedBy(harness, alice, async () => {
    await Promise.all(
      Array.from({ length: 300 }, async () => mallory.send('GET', `/v1/rooms/${NOWHERE}`)),
    )
  })
  expect(entries).toHaveLength(300)
  expect(new Set(entries.map(({ requestId }) => requestId)).size).toBe(300)
  const [first] = entries
  expect(entries.map(({ number }) => number)).toEqual(
    entries.map((_, place) => first!.number + place),
  )
})

test('refusals just before the shutdown are written', async () => {
  await using ending = await startHarness()
  const [carol] = await arrive(ending, ['carol'])
  const release = await holdLog(ending)
  for (let nth = 0; nth < 5; nth += 1) {
    expect((await carol!.send('GET', `/v1/rooms/${NOWHERE}`)).status).toBe(404)
  }
  expect(await auditOf(ending)).toEqual([])
  const ended = ending.ctx.refusals.close()
  await release()
  await ended
  expect(await auditOf(ending)).toHaveLength(5)
})

test('when too many wait, the number of lost ones is an entry', async () => {
  await using flooded = await startHarness()
  const release = await holdLog(flooded)
  const refusals = createRefusals(flooded.ctx, 150)
  const refusal = { actorId: null, action: 'getRoom', target: {}, requestId: null } as const
  for (let nth = 0; nth < 150 + 7; nth += 1) {
    refusals.note({ ...refusal, problem: 'room-not-found' })
  }
  await release()
  await refusals.close()
  expect(await auditOf(flooded)).toHaveLength(150 + 1)
  const lost = await flooded.sql`select after, problem from audit where action = 'refusals.lost'`
  expect([...lost]).toEqual([{ after: { count: 7 }, problem: null }])
})

/** Keeps everybody from writing an entry until it is called. */
async function holdLog({ owner }: Harness): Promise<() => Promise<unknown>> {
  const { promise: held, resolve: reached } = Promise.withResolvers<void>()
  const { promise: ended, resolve: release } = Promise.withResolvers<void>()
  const holding = owner.begin(async (sql) => {
    await sql`select from audit_head for update`
    reached()
    await ended
  })
  await held
  return async () => {
    release()
    await holding
  }
}
