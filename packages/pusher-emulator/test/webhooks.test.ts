import { once as emitted } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import type { PusherEmulator } from '../src/index.ts'
import { clientFor, control, once, serverFor, start } from './stand.ts'

interface Hook {
  headers: IncomingHttpHeaders
  rawBody: string
  event: Record<string, unknown>
}

async function inbox(statuses: number[] = []): Promise<{ url: string; hooks: Hook[] }> {
  const hooks: Hook[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const rawBody = Buffer.concat(chunks).toString()
      const { events } = JSON.parse(rawBody) as { events: Hook['event'][] }
      for (const event of events) hooks.push({ headers: request.headers, rawBody, event })
      response.writeHead(statuses.shift() ?? 200).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await emitted(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, hooks }
}

async function named(hooks: Hook[], name: string): Promise<Hook> {
  const first = () => hooks.find(({ event }) => event.name === name)
  await expect.poll(first, { interval: 2 }).toBeDefined()
  return first()!
}

async function join(emulator: PusherEmulator, channel: string, person = 'alice') {
  const client = clientFor(emulator, person)
  const room = client.subscribe(channel)
  await once(room, 'pusher:subscription_succeeded')
  return { client, room }
}

test('a webhook is accepted by the real library, a changed one is not', async () => {
  const { url, hooks } = await inbox()
  const emulator = await start({ webhookUrl: url })
  await join(emulator, 'room')
  const { headers, rawBody, event } = await named(hooks, 'channel_occupied')
  expect(event).toEqual({ name: 'channel_occupied', channel: 'room' })
  const server = serverFor(emulator)
  expect(server.webhook({ headers, rawBody }).isValid()).toBe(true)
  const changed = rawBody.replace('room', 'moor')
  expect(server.webhook({ headers, rawBody: changed }).isValid()).toBe(false)
})

test('people and channels are told to come and go', async () => {
  const { url, hooks } = await inbox()
  const emulator = await start({ webhooks: [{ url }] })
  const { client } = await join(emulator, 'presence-room')
  expect((await named(hooks, 'member_added')).event).toMatchObject({ user_id: 'alice' })
  client.disconnect()
  expect((await named(hooks, 'member_removed')).event).toMatchObject({ user_id: 'alice' })
  expect((await named(hooks, 'channel_vacated')).event).toMatchObject({ channel: 'presence-room' })
})

test('what happens at the same time comes in one webhook, and never too much in one', async () => {
  const { url, hooks } = await inbox()
  const emulator = await start({ webhookUrl: url, webhookBatchMs: 200 })
  const client = clientFor(emulator)
  const channels = Array.from({ length: 25 }, (_, nth) => `room-${nth}`)
  for (const channel of channels) client.subscribe(channel)
  await expect.poll(() => hooks.length).toBe(channels.length)
  expect(hooks.map(({ event }) => event.channel)).toEqual(channels)
  const sizes = Map.groupBy(hooks, ({ rawBody }) => rawBody)
  expect([...sizes.values()].map(({ length }) => length)).toEqual([20, 5])
})

test('somebody who comes back in time was never gone', async () => {
  const { url, hooks } = await inbox()
  const emulator = await start({ webhookUrl: url, webhookDebounceMs: 10_000 })
  const { client } = await join(emulator, 'presence-room')
  client.disconnect()
  await expect.poll(() => emulator.stats().connections).toBe(0)
  await join(emulator, 'presence-room')
  await join(emulator, 'room')
  await expect.poll(() => hooks.some(({ event }) => event.channel === 'room')).toBe(true)
  const names = hooks.map(({ event }) => `${String(event.name)} ${String(event.channel)}`)
  expect(names.toSorted()).toEqual([
    'channel_occupied presence-room',
    'channel_occupied room',
    'member_added presence-room',
  ])
})

test('client events, cache misses and subscription counts have webhooks', async () => {
  const { url, hooks } = await inbox()
  const emulator = await start({ subscriptionCounts: true })
  await control(emulator, 'webhooks', { url })
  const { room, client } = await join(emulator, 'presence-cache-room')
  room.trigger('client-typing', { on: true })
  expect((await named(hooks, 'client_event')).event).toEqual({
    name: 'client_event',
    channel: 'presence-cache-room',
    event: 'client-typing',
    data: '{"on":true}',
    socket_id: client.connection.socket_id,
    user_id: 'alice',
  })
  await named(hooks, 'cache_miss')
  client.subscribe('room')
  expect((await named(hooks, 'subscription_count')).event.subscription_count).toBe(1)
})

test('that a cache is empty is told once, however many subscribe, and again when it is empty again', async () => {
  const { url, hooks } = await inbox()
  const emulator = await start({ webhookUrl: url, limits: { cacheTtlMs: 0 } })
  await join(emulator, 'cache-room')
  const late = clientFor(emulator, 'bob').subscribe('cache-room')
  await once(late, 'pusher:cache_miss')
  await join(emulator, 'room')
  await expect.poll(() => hooks.some(({ event }) => event.channel === 'room')).toBe(true)
  const misses = () => hooks.filter(({ event }) => event.name === 'cache_miss').length
  expect(misses()).toBe(1)
  await serverFor(emulator).trigger('cache-room', 'topic', 'hello')
  await once(clientFor(emulator, 'carol').subscribe('cache-room'), 'pusher:cache_miss')
  await expect.poll(() => misses()).toBe(2)
})

test('a webhook that fails is sent again until it is taken', async () => {
  const { url, hooks } = await inbox([500, 503])
  const emulator = await start({ webhookUrl: url, webhookFirstRetryMs: 5 })
  await join(emulator, 'room')
  await expect.poll(() => emulator.stats().webhooks.sent).toBe(1)
  expect(hooks).toHaveLength(3)
  expect(new Set(hooks.map(({ rawBody }) => rawBody)).size).toBe(1)
})

test('a webhook is given up in the end', async () => {
  const { url } = await inbox(Array.from({ length: 50 }, () => 500))
  const emulator = await start({
    webhookUrl: url,
    webhookFirstRetryMs: 5,
    webhookGiveUpMs: 20,
  })
  await join(emulator, 'room')
  await expect.poll(() => emulator.stats().webhooks.failed).toBe(1)
  expect(emulator.stats().webhooks.pending).toBe(0)
})

test('POST /__emulator/webhooks refuses what is no URL', async () => {
  const emulator = await start()
  expect((await control(emulator, 'webhooks', { url: 'nowhere' })).status).toBe(400)
  expect((await control(emulator, 'webhooks', { url: null })).status).toBe(200)
})
