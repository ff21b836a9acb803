import type { PresenceChannel } from 'pusher-js'
import { expect, test } from 'vitest'
import { authFor, clientFor, connect, once, serverFor, start, type RawSocket } from './stand.ts'
import type { PusherEmulator } from '../src/index.ts'

function joinAs(emulator: PusherEmulator, raw: RawSocket, id: string, info: unknown = {}): void {
  const data = JSON.stringify({ user_id: id, user_info: info })
  const auth = authFor(emulator, `${raw.socketId}:presence-room:${data}`)
  raw.subscribe('presence-room', auth, data)
}

test('members are people: a second device neither joins nor leaves', async () => {
  const emulator = await start()
  const room = clientFor(emulator).subscribe('presence-room') as PresenceChannel
  await once(room, 'pusher:subscription_succeeded')
  const seen: string[] = []
  room.bind('pusher:member_added', (member: { id: string }) => seen.push(`+${member.id}`))
  room.bind('pusher:member_removed', (member: { id: string }) => seen.push(`-${member.id}`))
  const [phone, laptop] = [clientFor(emulator, 'bob'), clientFor(emulator, 'bob')]
  for (const device of [phone, laptop]) {
    await once(device.subscribe('presence-room'), 'pusher:subscription_succeeded')
  }
  expect(room.members.count).toBe(2)
  phone.disconnect()
  await expect.poll(() => emulator.stats().connections).toBe(2)
  laptop.disconnect()
  await expect.poll(() => seen.length).toBe(2)
  expect(seen).toEqual(['+bob', '-bob'])
})

test('a full presence channel refuses a new person but not a new device', async () => {
  const emulator = await start({ limits: { presenceMembers: 1 } })
  const [alice, phone, bob] = [
    await connect(emulator),
    await connect(emulator),
    await connect(emulator),
  ]
  joinAs(emulator, alice, 'alice')
  await alice.frame('pusher_internal:subscription_succeeded')
  joinAs(emulator, bob, 'bob')
  expect((await bob.frame('pusher:subscription_error')).data).toMatchObject({
    type: 'LimitReached',
  })
  joinAs(emulator, phone, 'alice')
  await phone.frame('pusher_internal:subscription_succeeded')
})

test('user_info over 1 kB is refused, one of 1 kB is not', async () => {
  const emulator = await start()
  const raw = await connect(emulator)
  joinAs(emulator, raw, 'alice', { bio: 'x'.repeat(1024) })
  await raw.frame('pusher:subscription_error')
  joinAs(emulator, raw, 'alice', { bio: 'x'.repeat(1024 - '{"bio":""}'.length) })
  await raw.frame('pusher_internal:subscription_succeeded')
})

test('a presence signature covers the channel data', async () => {
  const emulator = await start()
  const raw = await connect(emulator)
  const [mine, theirs] = ['mallory', 'alice'].map((id) => JSON.stringify({ user_id: id }))
  const auth = authFor(emulator, `${raw.socketId}:presence-room:${mine}`)
  raw.subscribe('presence-room', auth, theirs)
  await raw.frame('pusher:error')
  raw.subscribe('presence-room', auth, mine)
  await raw.frame('pusher_internal:subscription_succeeded')
})

test('a client event reaches the others with the trusted user id, never its sender', async () => {
  const emulator = await start()
  const [alice, bob] = [clientFor(emulator), clientFor(emulator, 'bob')]
  const rooms = [alice, bob].map((client) => client.subscribe('presence-room'))
  await Promise.all(rooms.map((room) => once(room, 'pusher:subscription_succeeded')))
  const echoes: unknown[] = []
  rooms[0]!.bind('client-typing', (data: unknown) => echoes.push(data))
  const heard = new Promise((resolve) => {
    rooms[1]!.bind('client-typing', (data: unknown, meta: unknown) => resolve([data, meta]))
  })
  rooms[0]!.trigger('client-typing', { user_id: 'mallory' })
  expect(await heard).toEqual([{ user_id: 'mallory' }, { user_id: 'alice' }])
  expect(echoes).toEqual([])
})

test.each([
  ['on a public channel', 'room', /only supported on private and presence/],
  ['without a subscription', 'private-other', /not subscribed/],
])('a client event %s is refused', async (_title, channel, message) => {
  const emulator = await start()
  const raw = await connect(emulator)
  for (const name of ['room', 'private-room']) {
    raw.subscribe(name, authFor(emulator, `${raw.socketId}:${name}`))
  }
  raw.send('client-typing', {}, channel)
  const { data } = await raw.frame('pusher:error')
  expect(data).toEqual({ code: null, message: expect.stringMatching(message) })
})

test('a client event on an encrypted channel goes through, as no library of Pusher sends it', async () => {
  const emulator = await start()
  const [alice, bob] = [await connect(emulator), await connect(emulator)]
  for (const each of [alice, bob]) {
    each.subscribe(
      'private-encrypted-room',
      authFor(emulator, `${each.socketId}:private-encrypted-room`),
    )
    await each.frame('pusher_internal:subscription_succeeded')
  }
  alice.send('client-typing', { plain: true }, 'private-encrypted-room')
  expect(await bob.frame('client-typing')).toMatchObject({ data: '{"plain":true}' })
})

test('client events are refused when the app has them off', async () => {
  const raw = await connect(await start({ clientEvents: false }))
  raw.send('client-typing', {}, 'private-room')
  const { data } = await raw.frame('pusher:error')
  expect(data).toMatchObject({ message: expect.stringMatching(/must enable this feature/) })
})

test('4301: the eleventh client event of a second is refused, the tenth is not', async () => {
  const emulator = await start()
  const [alice, bob] = [await connect(emulator), await connect(emulator)]
  for (const each of [alice, bob]) {
    each.subscribe('private-room', authFor(emulator, `${each.socketId}:private-room`))
    await each.frame('pusher_internal:subscription_succeeded')
  }
  for (let sent = 1; sent <= 11; sent += 1) alice.send(`client-${sent}`, {}, 'private-room')
  expect((await alice.frame('pusher:error')).data).toMatchObject({ code: 4301 })
  await bob.frame('client-10')
  expect(bob.frames.some(({ event }) => event === 'client-11')).toBe(false)
})

test('an event sent to a user reaches that user on every device and nobody else', async () => {
  const emulator = await start()
  const [alice, bob] = [clientFor(emulator), clientFor(emulator, 'bob')]
  for (const client of [alice, bob]) {
    client.signin()
    await once(client, 'pusher:signin_success')
  }
  await expect.poll(() => emulator.stats().channels.length).toBe(2)
  const overheard: unknown[] = []
  bob.user.bind('note', (data: unknown) => overheard.push(data))
  const heard = once(alice.user, 'note')
  await serverFor(emulator).sendToUser('alice', 'note', { n: 1 })
  expect(await heard).toEqual({ n: 1 })
  const own = once(bob.user, 'note')
  await serverFor(emulator).sendToUser('bob', 'note', { n: 2 })
  await own
  expect(overheard).toEqual([{ n: 2 }])
})

test('4009: a sign-in with a forged signature closes the connection', async () => {
  const emulator = await start()
  const [mallory, alice] = [await connect(emulator), await connect(emulator)]
  const user_data = JSON.stringify({ id: 'alice' })
  const auth = authFor(emulator, `${alice.socketId}::user::${user_data}`)
  mallory.send('pusher:signin', { auth, user_data })
  expect((await mallory.closed).code).toBe(4009)
  alice.send('pusher:signin', { auth, user_data })
  await alice.frame('pusher:signin_success')
})

test('a watchlist tells who is online, who comes and who goes', async () => {
  const emulator = await start()
  const alice = clientFor(emulator, 'alice', ['bob'])
  const offline = once(alice.user.watchlist, 'offline')
  alice.signin()
  expect(await offline).toEqual({ name: 'offline', user_ids: ['bob'] })
  const online = once(alice.user.watchlist, 'online')
  const bob = clientFor(emulator, 'bob')
  bob.signin()
  expect(await online).toEqual({ name: 'online', user_ids: ['bob'] })
  const gone = once(alice.user.watchlist, 'offline')
  bob.disconnect()
  expect(await gone).toEqual({ name: 'offline', user_ids: ['bob'] })
})

test('4302: of a watchlist of more than 100 the first 100 count, and they are told', async () => {
  const emulator = await start()
  const watchlist = Array.from({ length: 101 }, (_, n) => `user-${n}`)
  const alice = clientFor(emulator, 'alice', watchlist)
  const refused = once<{ data: { code: number; message: string } }>(alice.connection, 'error')
  const offline = once<{ user_ids: string[] }>(alice.user.watchlist, 'offline')
  alice.signin()
  await once(alice, 'pusher:signin_success')
  const { code, message } = (await refused).data
  expect([code, message.includes('"user-99"'), message.includes('"user-100"')]).toEqual([
    4302,
    true,
    false,
  ])
  expect((await offline).user_ids).toEqual(watchlist.slice(0, 100))
  const heard: string[] = []
  alice.user.watchlist.bind('online', ({ user_ids }: { user_ids: string[] }) =>
    heard.push(...user_ids),
  )
  for (const name of ['user-100', 'user-99']) {
    const other = clientFor(emulator, name)
    other.signin()
    await once(other, 'pusher:signin_success')
  }
  await expect.poll(() => heard).not.toHaveLength(0)
  expect(heard).toEqual(['user-99'])
})

test('signing in again is fine as the same user, and refused as another', async () => {
  const emulator = await start()
  const watcher = clientFor(emulator, 'bob', ['alice'])
  const seen: string[] = []
  watcher.user.watchlist.bind('online', () => seen.push('online'))
  watcher.signin()
  await once(watcher, 'pusher:signin_success')
  const raw = await connect(emulator)
  for (const id of ['alice', 'alice', 'mallory']) {
    const user_data = JSON.stringify({ id })
    const auth = authFor(emulator, `${raw.socketId}::user::${user_data}`)
    raw.send('pusher:signin', { auth, user_data })
  }
  await raw.frame('pusher:error')
  expect(raw.frames.slice(1).map(({ event }) => event)).toEqual([
    'pusher:signin_success',
    'pusher:signin_success',
    'pusher:error',
  ])
  expect(raw.socket.readyState).toBe(raw.socket.OPEN)
  raw.subscribe('#server-to-user-alice')
  await raw.frame('pusher_internal:subscription_succeeded')
  expect(seen).toEqual(['online'])
})

test.each([
  ['a user of Auth0', 'auth0|alice', 4009],
  ['an address', 'alice@example.com', undefined],
  ['every sign there is', 'aZ9_-=@,.;', undefined],
  ['a space', 'alice meyer', 4009],
  ['a name in another script', 'алиса', 4009],
  ['nothing', '', 4009],
])('an id that is %s is %s', async (_title, id, code) => {
  const emulator = await start()
  const raw = await connect(emulator)
  const user_data = JSON.stringify({ id })
  const auth = authFor(emulator, `${raw.socketId}::user::${user_data}`)
  raw.send('pusher:signin', { auth, user_data })
  if (code === undefined) await raw.frame('pusher:signin_success')
  else expect((await raw.closed).code).toBe(code)
})
