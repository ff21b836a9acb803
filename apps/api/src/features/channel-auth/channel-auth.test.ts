import { createHash, createHmac, randomUUID } from 'node:crypto'
import { authorizeChannels } from '@conclave/shared/channel-auth'
import { channelName } from '@conclave/shared/channels'
import { addMember } from '@conclave/shared/members'
import { getMe } from '@conclave/shared/people'
import { createRoom, listRooms, type Room } from '@conclave/shared/rooms'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startHarness, type Caller, type Harness } from '../../../test/harness.ts'
import { send, type Answer } from '../../../test/raw-request.ts'

const FORM = 'application/x-www-form-urlencoded'
const SOCKET = '1234.5678'

let harness: Harness
let alice: Caller & { id: string }
let mallory: Caller & { id: string }
let room: Room
let teamEpoch: number

beforeAll(async () => {
  harness = await startHarness()
  alice = await arrive('alice@example.com')
  mallory = await arrive('mallory@example.com')
  room = await alice.call(createRoom, { body: { kind: 'closed', name: 'Secret plans' } })
  teamEpoch = (await alice.call(listRooms, {})).teamEpoch
})
afterAll(() => harness.close())

async function arrive(email: string) {
  const caller = await harness.as(email)
  const { id } = await caller.call(getMe, {})
  return { ...caller, id }
}

function post(path: string, caller: Caller, body: string, contentType = FORM): Promise<Answer> {
  return send(`${harness.url}${path}`, {
    method: 'POST',
    headers: [
      ['Authorization', `Bearer ${caller.token}`],
      ['Content-Type', contentType],
    ],
    body,
  })
}

function authorize(caller: Caller, name: string): Promise<Answer> {
  const form = new URLSearchParams({ socket_id: SOCKET, channel_name: name })
  return post('/pusher/auth', caller, form.toString())
}

function askFor(channel_names: string[]) {
  return alice.call(authorizeChannels, { body: { socket_id: SOCKET, channel_names } })
}

function form(socket: string, channel: string): string {
  return `socket_id=${encodeURIComponent(socket)}&channel_name=${encodeURIComponent(channel)}`
}

function good(): Record<string, unknown> {
  return { socket_id: SOCKET, channel_name: names().room }
}

function roomNamed(roomId: string): string {
  return channelName({ kind: 'room', roomId, epoch: room.epoch })
}

function epochOf(change: (epoch: number) => number | string): () => string {
  return () => names().room.replace(/-e\d+$/, `-e${change(room.epoch)}`)
}

function withoutId({ status, body }: Answer) {
  return { status, body: body.replace(/"instance":"[^"]+"/, '') }
}

function signatureOf(text: string): string {
  const { key, secret } = harness.ctx.config.pusher
  return `${key}:${createHmac('sha256', secret).update(text).digest('hex')}`
}

function sharedSecretOf(name: string): string {
  const key = Buffer.from(harness.ctx.config.pusher.masterKey, 'base64')
  return createHash('sha256').update(name).update(key).digest('base64')
}

const names = () => {
  const { id: roomId, epoch } = room
  return {
    room: channelName({ kind: 'room', roomId, epoch }),
    presence: channelName({ kind: 'presence', roomId, epoch }),
    person: channelName({ kind: 'person', personId: alice.id, epoch: 0 }),
    team: channelName({ kind: 'team', epoch: teamEpoch }),
  }
}

describe('alice gets what is hers', () => {
  test.each(['room', 'person', 'team'] as const)('the %s channel, with its key', async (kind) => {
    const name = names()[kind]
    const answer = await authorize(alice, name)
    expect(answer.status).toBe(200)
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
    expect(JSON.parse(answer.body)).toEqual({
      auth: signatureOf(`${SOCKET}:${name}`),
      shared_secret: sharedSecretOf(name),
    })
  })

  test('the presence channel, as herself and with nothing told about her', async () => {
    const name = names().presence
    const data = JSON.stringify({ user_id: alice.id, user_info: {} })
    expect(JSON.parse((await authorize(alice, name)).body)).toEqual({
      auth: signatureOf(`${SOCKET}:${name}:${data}`),
      channel_data: data,
    })
  })

  test('her connection, signed in as herself', async () => {
    const form = new URLSearchParams({ socket_id: SOCKET }).toString()
    const data = JSON.stringify({ id: alice.id, user_info: {} })
    const answer = await post('/pusher/user-auth', alice, form)
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(JSON.parse(answer.body)).toEqual({
      auth: signatureOf(`${SOCKET}::user::${data}`),
      user_data: data,
    })
  })

  test('by JSON as well as by form', async () => {
    const json = JSON.stringify({ socket_id: SOCKET, channel_name: names().room })
    const answer = await post('/pusher/auth', alice, json, 'application/json')
    expect(answer.status).toBe(200)
    expect(answer.body).toBe((await authorize(alice, names().room)).body)
  })
})

describe('anything else is no channel, in the same words', () => {
  const OTHERS: [string, () => string][] = [
    ['a room that does not exist', () => roomNamed(randomUUID())],
    ['its presence', () => roomNamed(randomUUID()).replace('private-encrypted', 'presence')],
    ['another person', () => channelName({ kind: 'person', personId: mallory.id, epoch: 0 })],
    [
      'herself at another epoch',
      () => channelName({ kind: 'person', personId: alice.id, epoch: 1 }),
    ],
    ['nobody', () => channelName({ kind: 'person', personId: randomUUID(), epoch: 0 })],
    ['the epoch before', epochOf((epoch) => Math.max(0, epoch - 1) || 99)],
    ['the epoch after', epochOf((epoch) => epoch + 1)],
    ['an epoch with a zero before it', epochOf((epoch) => `0${epoch}`)],
    ['a negative epoch', epochOf((epoch) => `-${epoch}`)],
    ['an epoch beyond numbers', epochOf(() => 2 ** 53)],
    ['no epoch', () => names().room.replace(/-e\d+$/, '')],
    ['the team later', () => channelName({ kind: 'team', epoch: teamEpoch + 1 })],
    ['a public channel', () => 'public'],
    ['another case', () => names().room.replace('private', 'PRIVATE')],
    ['an upper-case room', () => names().room.toUpperCase()],
    ['nothing behind the prefix', () => 'private-'],
    ['any private channel', () => 'private-anything'],
    ['unencrypted', () => names().room.replace('private-encrypted-', 'private-')],
    ['a cache channel', () => 'private-cache-anything'],
    ['an encrypted cache channel', () => names().room.replace('encrypted-', 'encrypted-cache-')],
    ['any encrypted channel', () => 'private-encrypted-anything'],
    ['presence of the team', () => `presence-team-e${teamEpoch}`],
    ['a tail', () => `${names().room}-x`],
    ['two in one', () => `${names().room},${names().room}`],
  ]

  test.each(OTHERS)('%s', async (_, name) => {
    const answer = await authorize(alice, name())
    expect(answer.status).toBe(404)
    expect(withoutId(answer)).toEqual(withoutId(await authorize(alice, roomNamed(randomUUID()))))
    expect(answer.body).not.toMatch(/shared_secret|"auth"/)
  })

  test.each(['room', 'presence', 'person'] as const)("alice's %s, for mallory", async (kind) => {
    // Without this line a typo in the name would pass for a refusal.
    expect((await authorize(alice, names()[kind])).status).toBe(200)
    const answer = await authorize(mallory, names()[kind])
    expect(answer.status).toBe(404)
    expect(withoutId(answer)).toEqual(withoutId(await authorize(mallory, roomNamed(randomUUID()))))
  })
})

describe('a request of another form is refused', () => {
  const SOCKETS = ['1.1:private-x', '1.1\n', ' 1.1', '-1.1', '1e3.1', '１.１', '', '1', '1.1.1']
  test.each([...SOCKETS, `${'1'.repeat(5_000)}.1`])('socket id %j', async (socket) => {
    expect((await post('/pusher/auth', alice, form(socket, names().room))).status).toBe(400)
    expect((await post('/pusher/user-auth', alice, form(socket, '').split('&')[0]!)).status).toBe(
      400,
    )
  })

  const CHANNELS = [
    'a\n',
    'a:b',
    'a b',
    'a\0',
    'a%0a',
    'a\r\nb',
    '\u202ea',
    '',
    '#server-to-user-x',
  ]
  test.each([...CHANNELS, 'a'.repeat(201)])('channel %j', async (channel) => {
    expect((await post('/pusher/auth', alice, form(SOCKET, channel))).status).toBe(400)
  })

  const BODIES: [string, () => object][] = [
    ['a list for the socket', () => ({ ...good(), socket_id: [SOCKET] })],
    ['a number for the socket', () => ({ ...good(), socket_id: 1.1 })],
    ['an object for the socket', () => ({ ...good(), socket_id: { toString: 1 } })],
    ['a list for the channel', () => ({ ...good(), channel_name: [names().room] })],
    ['no socket', () => ({ channel_name: names().room })],
    ['a user id', () => ({ ...good(), user_id: mallory.id })],
    ['channel data', () => ({ ...good(), channel_data: '{}' })],
    ['user info', () => ({ ...good(), user_info: { admin: true } })],
  ]
  test.each(BODIES)('%s', async (_, body) => {
    const json = 'application/json'
    expect((await post('/pusher/auth', alice, JSON.stringify(body()), json)).status).toBe(400)
    expect((await post('/pusher/auth', alice, JSON.stringify(good()), json)).status).toBe(200)
  })

  test.each([
    'channel_name[]=x',
    'channel_name=x',
    'socket_id=2.2',
    '__proto__=x',
    'constructor=x',
  ])('a form with %s as well', async (extra) => {
    const body = `${form(SOCKET, names().room)}&${extra}`
    expect((await post('/pusher/auth', alice, body)).status).toBe(400)
  })

  test('signing in as somebody else', async () => {
    const body = new URLSearchParams({
      socket_id: SOCKET,
      user_data: JSON.stringify({ id: mallory.id }),
    })
    expect((await post('/pusher/user-auth', alice, body.toString())).status).toBe(400)
  })

  test.each(['text/plain', 'multipart/form-data; boundary=x', 'application/json garbage'])(
    'content type %s',
    async (contentType) => {
      const body = form(SOCKET, names().room)
      expect((await post('/pusher/auth', alice, body, contentType)).status).toBe(415)
    },
  )

  test('a form, where no Pusher client sends one', async () => {
    expect((await post('/pusher/auth/batch', alice, 'socket_id=1.1')).status).toBe(415)
    expect((await post('/v1/rooms', alice, 'kind=open&name=x')).status).toBe(415)
  })

  test('a megabyte', async () => {
    expect((await post('/pusher/auth', alice, 'x'.repeat(1024 * 1024))).status).toBe(413)
  })

  test.each(['GET', 'PUT', 'HEAD'])('method %s', async (method) => {
    const answer = await send(`${harness.url}/pusher/auth?callback=x&socket_id=1.1`, { method })
    expect(answer.status).toBe(405)
  })
})

describe('a batch', () => {
  test('signs those that are mine and is silent about the others', async () => {
    const hers = Object.values(names())
    const others = [
      channelName({ kind: 'person', personId: mallory.id, epoch: 0 }),
      channelName({ kind: 'room', roomId: randomUUID(), epoch: 1 }),
      'private-encrypted-anything',
      'public',
    ]
    const { channels } = await alice.call(authorizeChannels, {
      body: { socket_id: SOCKET, channel_names: [...others, ...hers] },
    })
    expect(Object.keys(channels).toSorted()).toEqual(hers.toSorted())
    for (const name of hers) {
      expect(channels[name]).toEqual(JSON.parse((await authorize(alice, name)).body))
    }
  })

  test('gives an outsider only what is theirs', async () => {
    const { channels } = await mallory.call(authorizeChannels, {
      body: { socket_id: SOCKET, channel_names: Object.values(names()) },
    })
    expect(Object.keys(channels)).toEqual([names().team])
  })

  test('is at most a hundred different names', async () => {
    const many = Array.from({ length: 101 }, (_, n) => `private-${n}`)
    expect(await askFor(many.slice(1))).toEqual({ channels: {} })
    await expect(askFor(many)).rejects.toMatchObject({ slug: 'invalid-request' })
    await expect(askFor([])).rejects.toMatchObject({ slug: 'invalid-request' })
    await expect(askFor(['a', 'a'])).rejects.toMatchObject({ slug: 'invalid-request' })
  })
})

test('a room of more than a hundred has no presence channel', async () => {
  const crowd = await alice.call(createRoom, { body: { kind: 'closed', name: 'Everyone' } })
  const presence = channelName({ kind: 'presence', roomId: crowd.id, epoch: crowd.epoch })
  const fill = async (count: number) => {
    await harness.sql`
      with crowd as (
        insert into people (auth0_sub, name, email, email_verified, role)
        select 'auth0|' || gen_random_uuid(), 'Extra', '', false, 'member'
        from generate_series(1, ${count})
        returning id
      )
      insert into memberships (room_id, person_id, role) select ${crowd.id}, id, 'member' from crowd`
  }
  await fill(99)
  expect((await authorize(alice, presence)).status).toBe(200)
  await fill(1)
  expect((await authorize(alice, presence)).status).toBe(404)
  const name = channelName({ kind: 'room', roomId: crowd.id, epoch: crowd.epoch })
  expect((await authorize(alice, name)).status).toBe(200)
})

describe('who loses access', () => {
  test('gets the room with the epoch after, and only as a member', async () => {
    const bob = await arrive('bob@example.com')
    await alice.call(addMember, { params: { roomId: room.id }, body: { personId: bob.id } })
    expect((await authorize(bob, names().room)).status).toBe(200)
    await harness.sql`
      delete from memberships where room_id = ${room.id} and person_id = ${bob.id}`
    expect((await authorize(bob, names().room)).status).toBe(404)
  })

  test('by a block gets nothing signed at all', async () => {
    const carol = await arrive('carol@example.com')
    const name = channelName({ kind: 'person', personId: carol.id, epoch: 0 })
    expect((await authorize(carol, name)).status).toBe(200)
    await harness.sql`update people set blocked_at = now() where id = ${carol.id}`
    const answer = await authorize(carol, name)
    expect(answer.status).toBe(401)
    expect(answer.body).not.toContain('"auth"')
  })
})
