import { createHash, createHmac } from 'node:crypto'
import { authorizeChannels } from '@conclave/shared/channel-auth'
import { channelName } from '@conclave/shared/channels'
import { addMember } from '@conclave/shared/members'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  authorize,
  authorizeBatch,
  form,
  JSON_TYPE,
  openChannels,
  post,
  SOCKET,
  type Channels,
} from '../../../test/channel-requests.ts'
import { arrive } from '../../../test/data-people.ts'
import { roomOf } from '../../../test/data-rooms.ts'

let channels: Channels

beforeAll(async () => {
  channels = await openChannels()
})
afterAll(() => channels[Symbol.asyncDispose]())

function signatureOf(text: string): string {
  const { key, secret } = channels.harness.ctx.config.pusher
  return `${key}:${createHmac('sha256', secret).update(text).digest('hex')}`
}

function sharedSecretOf(name: string): string {
  const key = Buffer.from(channels.harness.ctx.config.pusher.masterKey, 'base64')
  return createHash('sha256').update(name).update(key).digest('base64')
}

describe('alice gets what is hers', () => {
  test.each(['room', 'person', 'team'] as const)('the %s channel, with its key', async (kind) => {
    const name = channels.names[kind]
    const answer = await authorize(channels, channels.alice, name)
    expect(answer.status).toBe(200)
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
    expect(JSON.parse(answer.body)).toEqual({
      auth: signatureOf(`${SOCKET}:${name}`),
      shared_secret: sharedSecretOf(name),
    })
  })

  test('the presence channel, as herself and without her profile', async () => {
    const { alice, names } = channels
    const data = JSON.stringify({ user_id: alice.id, user_info: {} })
    expect(JSON.parse((await authorize(channels, alice, names.presence)).body)).toEqual({
      auth: signatureOf(`${SOCKET}:${names.presence}:${data}`),
      channel_data: data,
    })
  })

  test('her connection, signed in as herself', async () => {
    const data = JSON.stringify({ id: channels.alice.id, user_info: {} })
    const answer = await post(channels, channels.alice, form({}), { path: '/pusher/user-auth' })
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(JSON.parse(answer.body)).toEqual({
      auth: signatureOf(`${SOCKET}::user::${data}`),
      user_data: data,
    })
  })

  test('by JSON as well as by form', async () => {
    const { alice, names } = channels
    const json = JSON.stringify({ socket_id: SOCKET, channel_name: names.room })
    const answer = await post(channels, alice, json, { contentType: JSON_TYPE })
    expect(answer.status).toBe(200)
    expect(answer.body).toBe((await authorize(channels, alice, names.room)).body)
  })

  test('all of it in one request after a reconnect', async () => {
    const names = Object.values(channels.names)
    const answer = await authorizeBatch(channels, channels.alice, names)
    expect(answer.status).toBe(200)
    expect(answer.headers['cache-control']).toBe('no-store')
    const signed = JSON.parse(answer.body) as { channels: Record<string, unknown> }
    expect(Object.keys(signed.channels).toSorted()).toEqual(names.toSorted())
    for (const name of names) {
      const alone = await authorize(channels, channels.alice, name)
      expect(signed.channels[name]).toEqual(JSON.parse(alone.body))
    }
  })
})

test('a batch is at most a hundred different names', async () => {
  const many = Array.from({ length: 101 }, (_, n) => `private-${n}`)
  expect(await askFor(many.slice(1))).toEqual({ channels: {} })
  await expect(askFor(many)).rejects.toMatchObject({ slug: 'invalid-request' })
  await expect(askFor([])).rejects.toMatchObject({ slug: 'invalid-request' })
  await expect(askFor(['a', 'a'])).rejects.toMatchObject({ slug: 'invalid-request' })
})

function askFor(channel_names: string[]) {
  return channels.alice.call(authorizeChannels, { body: { socket_id: SOCKET, channel_names } })
}

test('a room of more than a hundred has no presence channel', async () => {
  const { alice, harness } = channels
  const { id: roomId, epoch } = await roomOf(alice, 'closed')
  const presence = channelName({ kind: 'presence', roomId, epoch })
  const fill = async (count: number) => {
    await harness.sql`
      with crowd as (
        insert into people (auth0_sub, name, email, email_verified, role)
        select 'auth0|' || gen_random_uuid(), 'Extra', '', false, 'member'
        from generate_series(1, ${count})
        returning id
      )
      insert into memberships (room_id, person_id, role) select ${roomId}, id, 'member' from crowd`
  }
  await fill(99)
  expect((await authorize(channels, alice, presence)).status).toBe(200)
  await fill(1)
  expect((await authorize(channels, alice, presence)).status).toBe(404)
  const name = channelName({ kind: 'room', roomId, epoch })
  expect((await authorize(channels, alice, name)).status).toBe(200)
})

describe('a person who loses access', () => {
  test('gets the room with the epoch after, and only as a member', async () => {
    const { harness, alice, room, names } = channels
    const [bob] = await arrive(harness, ['bob'])
    if (!bob) throw new Error('bob did not arrive')
    await alice.call(addMember, { params: { roomId: room.id }, body: { personId: bob.id } })
    expect((await authorize(channels, bob, names.room)).status).toBe(200)
    await harness.sql`
      delete from memberships where room_id = ${room.id} and person_id = ${bob.id}`
    expect((await authorize(channels, bob, names.room)).status).toBe(404)
  })

  test('by a block gets nothing signed at all', async () => {
    const { harness } = channels
    const [carol] = await arrive(harness, ['carol'])
    if (!carol) throw new Error('carol did not arrive')
    const name = channelName({ kind: 'person', personId: carol.id, epoch: 0 })
    expect((await authorize(channels, carol, name)).status).toBe(200)
    await harness.sql`update people set blocked_at = now() where id = ${carol.id}`
    const answer = await authorize(channels, carol, name)
    expect(answer.status).toBe(401)
    expect(answer.body).not.toContain('"auth"')
  })
})
