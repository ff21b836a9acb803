import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  authorize,
  authorizeBatch,
  form,
  FORM,
  JSON_TYPE,
  openChannels,
  post,
  SOCKET,
  type Channels,
} from '../../../test/channel-requests.ts'
import { send } from '../../../test/raw-request.ts'
import { stateOf } from '../../../test/untouched.ts'

let cast: Channels

beforeAll(async () => {
  cast = await openChannels()
})
afterAll(() => cast[Symbol.asyncDispose]())

const SOCKETS = [
  '1.1:private-x',
  '1.1\n',
  '1.1\0',
  '1.1 ',
  ' 1.1',
  '-1.1',
  '+1.1',
  '1e3.1',
  '0x1.1',
  '１.１',
  '',
  '.',
  '1',
  '1.',
  '.1',
  '1.1.1',
  '1,1',
  'null',
  `${'1'.repeat(5_000)}.1`,
]

const CHANNELS = [
  'a\n',
  'a:b',
  'a b',
  'a\0',
  'a%0a',
  'a\r\nb',
  '\u202ea',
  'ä',
  'a/b',
  'a?b',
  'a#b',
  'a&b',
  '',
  '#server-to-user-x',
  'a'.repeat(201),
]

const FORMS: (readonly [what: string, extra: string])[] = [
  ['the channel twice', 'channel_name=x'],
  ['the channel twice, the same', 'channel_name={room}'],
  ['the channel as a list', 'channel_name[]=x'],
  ['the socket twice', 'socket_id=2.2'],
  ['a prototype', '__proto__=x'],
  ['a constructor', 'constructor=x'],
  ["somebody else's id", 'user_id=x'],
  ['a callback', 'callback=x'],
]

const BODIES: (readonly [what: string, body: (room: string) => string])[] = [
  ['a list for the socket', (room) => json({ channel_name: room, socket_id: [SOCKET] })],
  ['a number for the socket', (room) => json({ channel_name: room, socket_id: 1.1 })],
  ['an object for the socket', (room) => json({ channel_name: room, socket_id: { toString: 1 } })],
  ['null for the socket', (room) => json({ channel_name: room, socket_id: null })],
  ['no socket', (room) => json({ channel_name: room, socket_id: undefined })],
  ['a list for the channel', (room) => json({ channel_name: [room] })],
  ['an object for the channel', (room) => json({ channel_name: { room } })],
  ['no channel', () => json({})],
  ["somebody else's id", (room) => json({ channel_name: room, user_id: cast.mallory.id })],
  ["somebody else's data", (room) => json({ channel_name: room, channel_data: '{}' })],
  ['a role', (room) => json({ channel_name: room, user_info: { admin: true } })],
  ['an author', (room) => json({ channel_name: room, author: cast.mallory.id })],
  ['a prototype', (room) => json({ channel_name: room }).replace('}', ',"__proto__":{"x":1}}')],
  ['a constructor', (room) => json({ channel_name: room, constructor: { prototype: {} } })],
  [
    'the channel twice',
    (room) => json({ channel_name: room }).replace('{', '{"channel_name":"x",'),
  ],
  ['deep nesting', (room) => json({ channel_name: room }).replace('}', `,"x":${nested(15_000)}}`)],
  ['a list', (room) => `[${json({ channel_name: room })}]`],
  ['text', () => '"x"'],
  ['null', () => 'null'],
  ['nothing', () => ''],
  ['half of it', (room) => json({ channel_name: room }).slice(0, -1)],
]

const CONTENT_TYPES = [
  '',
  'text/plain',
  'multipart/form-data; boundary=x',
  'application/octet-stream',
  'application/json garbage',
  'application/json; charset=utf-7',
  'application/javascript',
  'application/x-www-form-urlencoded-x',
  'application/x-www-form-urlencoded; charset=utf-8 x',
  'application/x-www-form-urlencoded; charset=utf-8; charset=utf-8',
  'application/x-www-form-urlencoded; charset=latin1',
  'application/x-www-form-urlencoded; boundary=x',
  'application/x-www-form-urlencoded;',
  'application/json; charset=utf-8 x',
]

describe('an invalid socket id is refused, for a channel, a batch and a person', () => {
  test.each(SOCKETS)('%j', async (socket) => {
    const body = form({ socket_id: socket, channel_name: cast.names.room })
    await expectRefused(400, () => post(cast, cast.alice, body))
    await expectRefused(400, () => userAuth(form({ socket_id: socket })))
    const channel_names = [cast.names.room]
    await expectRefused(400, () => batch(json({ socket_id: socket, channel_names })))
  })
})

describe('an invalid channel name is refused, alone and in a batch', () => {
  test.each(CHANNELS)('%j', async (channel) => {
    await expectRefused(400, () => authorize(cast, cast.alice, channel))
    await expectRefused(400, () => authorizeBatch(cast, cast.alice, [cast.names.room, channel]))
  })
})

describe('an invalid body is refused', () => {
  test.each(FORMS)('a form with %s', async (_, extra) => {
    const added = extra.replace('{room}', cast.names.room)
    const body = `${form({ channel_name: cast.names.room })}&${added}`
    await expectRefused(400, () => post(cast, cast.alice, body))
  })

  test.each(BODIES)('JSON with %s', async (_, body) => {
    const contentType = JSON_TYPE
    await expectRefused(400, () => post(cast, cast.alice, body(cast.names.room), { contentType }))
    const twin = await post(cast, cast.alice, json({ channel_name: cast.names.room }), {
      contentType,
    })
    expect(twin.status).toBe(200)
  })

  test.each(['/pusher/auth', '/pusher/user-auth', '/pusher/auth/batch'])(
    'a megabyte, and a hundred thousand brackets, for %s',
    async (path) => {
      const contentType = JSON_TYPE
      const megabyte = json({ channel_name: 'x'.repeat(1024 * 1024) })
      await expectRefused(413, () => post(cast, cast.alice, megabyte, { path, contentType }))
      await expectRefused(413, () => post(cast, cast.alice, nested(100_000), { path, contentType }))
    },
  )

  test.each(CONTENT_TYPES)('content type %j', async (contentType) => {
    const body = form({ channel_name: cast.names.room })
    await expectRefused(415, () => post(cast, cast.alice, body, { contentType }))
    expect((await post(cast, cast.alice, body, { contentType: FORM })).status).toBe(200)
  })

  test('a form, where no Pusher client sends one', async () => {
    await expectRefused(415, () => batch(form({}), FORM))
    const room = { path: '/v1/rooms', contentType: FORM }
    await expectRefused(415, () => post(cast, cast.alice, 'kind=open&name=x', room))
  })
})

describe('nobody authenticates as somebody else', () => {
  test.each(['user_data', 'id', 'user_id', 'user_info'])('by %s', async (field) => {
    const { id } = cast.mallory
    const value = field === 'user_data' ? JSON.stringify({ id }) : id
    await expectRefused(400, () => userAuth(form({ [field]: value })))
    expect((await userAuth(form({}))).status).toBe(200)
  })
})

test.each(['GET', 'PUT', 'HEAD', 'DELETE'])('nothing is signed for %s', async (method) => {
  const query = `callback=x&${form({ channel_name: cast.names.room })}`
  const headers = [['Authorization', `Bearer ${cast.alice.token}`]] as const
  await expectRefused(405, () =>
    send(`${cast.harness.url}/pusher/auth?${query}`, { method, headers }),
  )
})

async function expectRefused(status: number, ask: () => ReturnType<typeof send>): Promise<void> {
  const before = await stateOf(cast.harness)
  const answer = await ask()
  expect(answer.status).toBe(status)
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
  expect(answer.body).not.toMatch(/shared_secret|"auth"/)
  expect(await stateOf(cast.harness)).toEqual(before)
}

function userAuth(body: string) {
  return post(cast, cast.alice, body, { path: '/pusher/user-auth' })
}

function batch(body: string, contentType = JSON_TYPE) {
  return post(cast, cast.alice, body, { path: '/pusher/auth/batch', contentType })
}

function json(fields: Record<string, unknown>): string {
  return JSON.stringify({ socket_id: SOCKET, ...fields })
}

function nested(depth: number): string {
  return '['.repeat(depth) + ']'.repeat(depth)
}
