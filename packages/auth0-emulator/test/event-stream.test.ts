import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Auth0Emulator, startAuth0Emulator } from '../src/index.ts'
import { ALICE, BOB, CAST, WEB } from './test-people.ts'

interface Delivery {
  authorization: string | undefined
  event: { id: string; type: string; data: { object: { email: string; blocked: boolean } } }
}

let emulator: Auth0Emulator
let url: string
let deliveries: Delivery[] = []
let statuses: number[] = []
const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const { authorization } = request.headers
    const event = JSON.parse(Buffer.concat(chunks).toString()) as Delivery['event']
    deliveries.push({ authorization, event })
    response.writeHead(statuses.shift() ?? 204).end()
  })
})

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`
  emulator = await startAuth0Emulator({
    webOrigins: [WEB],
    people: CAST,
    events: { url, token: 'a shared secret' },
    eventsFirstRetryMs: 5,
  })
})
beforeEach(() => {
  emulator.setEvents({ url, token: 'a shared secret' })
  deliveries = []
  statuses = []
})
afterAll(async () => {
  await emulator.close()
  server.closeAllConnections()
  server.close()
})

test('who is blocked, unblocked or deleted in the dashboard is told of', async () => {
  emulator.block(ALICE.email)
  await arrived(1)
  emulator.unblock(ALICE.email)
  await arrived(2)
  emulator.remove(BOB.email)
  await arrived(3)
  expect(deliveries.map(({ event }) => [event.type, event.data.object.blocked])).toEqual([
    ['user.updated', true],
    ['user.updated', false],
    ['user.deleted', false],
  ])
  expect(deliveries[0]).toMatchObject({
    authorization: 'Bearer a shared secret',
    event: { specversion: '1.0', data: { object: { email: ALICE.email } } },
  })
  expect(new Set(deliveries.map(({ event }) => event.id)).size).toBe(3)
})

test('what was not taken is sent again, the same, up to four times in all', async () => {
  statuses = [500, 503]
  emulator.block(ALICE.email)
  await arrived(3)
  statuses = [500, 500, 500, 500]
  emulator.unblock(ALICE.email)
  await arrived(7)
  const ids = deliveries.map(({ event }) => event.id)
  expect([new Set(ids.slice(0, 3)).size, new Set(ids.slice(3)).size]).toEqual([1, 1])
})

test('a refusal is not repeated, and without an address nobody is told', async () => {
  statuses = [401]
  emulator.block(ALICE.email)
  await arrived(1)
  emulator.setEvents(undefined)
  emulator.unblock(ALICE.email)
  emulator.setEvents({ url, token: 'another' })
  emulator.block(ALICE.email)
  await arrived(2)
  expect(deliveries.map(({ authorization }) => authorization)).toEqual([
    'Bearer a shared secret',
    'Bearer another',
  ])
})

async function arrived(count: number): Promise<void> {
  await expect.poll(() => deliveries.length, { interval: 2 }).toBeGreaterThanOrEqual(count)
  expect(deliveries).toHaveLength(count)
}
