import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { listRooms } from '@conclave/shared/rooms'
import { createRoom } from '@conclave/shared/rooms.create'
import { createClient } from '@conclave/shared/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { outcomeOf } from '../test/data-people.ts'
import { createDatabase } from '../test/database.ts'
import { environment, startHarness, type Harness } from '../test/harness.ts'
import { startProcess } from '../test/api-process.ts'

let harness: Harness
let database: Awaited<ReturnType<typeof createDatabase>>
let env: Record<string, string>
let token: string

beforeAll(async () => {
  harness = await startHarness()
  database = await createDatabase()
  env = environment({ database: database.url, auth0: harness.auth0, pusher: harness.pusher })
  token = (await harness.as('alice@example.com')).token
})
afterAll(async () => {
  await database.drop()
  await harness.close()
})

/** A request whose body has not arrived completely. */
async function beginRequest(url: string, body: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1').setEncoding('utf8')
  socket.write(
    `POST /v1/rooms HTTP/1.1\r\nHost: api\r\nAuthorization: Bearer ${token}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n`,
  )
  const [answer] = (await once(socket, 'data')) as [string]
  expect(answer).toMatch(/^HTTP\/1\.1 100 /)
  return socket
}

test('requests in progress finish before the api exits, and no new one starts', async () => {
  await using api = startProcess(env)
  const url = await api.listening
  const call = createClient({ baseUrl: url, fetch, token: async () => token })
  // It starts without the tenant's keys, too, and gets them a moment later.
  await expect.poll(async () => outcomeOf(call(listRooms, {}))).toBe('done')
  const body = JSON.stringify({ kind: 'closed', name: 'In flight' })
  const inFlight = await beginRequest(url, body)

  api.child.kill('SIGTERM')
  await expect
    .poll(async () => fetch(`${url}/livez`).catch(({ message }: Error) => message))
    .toBe('fetch failed')
  inFlight.write(body)
  const [answer] = (await once(inFlight, 'data')) as [string]

  expect(answer).toMatch(/^HTTP\/1\.1 201 /)
  expect(await api.exited).toEqual([0, null])
  expect(await api.stderr).toBe('')

  await using again = startProcess(env)
  const callAgain = createClient({
    baseUrl: await again.listening,
    fetch,
    token: async () => token,
  })
  const { rooms } = await callAgain(listRooms, {})
  expect(rooms.map(({ name }) => name)).toContain('In flight')
  await expect(
    callAgain(createRoom, { body: { kind: 'closed', name: 'After' } }),
  ).resolves.toMatchObject({ name: 'After' })
})

test('an api with CONCLAVE_PARENT_PIPE exits with its parent process', async () => {
  await using api = startProcess({ ...env, CONCLAVE_PARENT_PIPE: '1' })
  await api.listening
  api.child.stdin.end()
  expect(await api.exited).toEqual([0, null])
})

test('a failed start lists everything that is wrong, without values', async () => {
  await using api = startProcess({ ...env, DATABASE_URL: 'hunter2', PUSHER_MASTER_KEY: 'hunter2' })
  expect(await api.exited).toEqual([1, null])
  const said = await api.stderr
  expect(said).toContain('DATABASE_URL is wrong')
  expect(said).toContain('PUSHER_MASTER_KEY is wrong')
  expect(said).not.toContain('hunter2')
})

test('a start without a database exits by itself', async () => {
  await using api = startProcess({ ...env, DATABASE_URL: 'postgres://x:hunter2@127.0.0.1:1/x' })
  expect(await api.exited).toEqual([1, null])
  expect(await api.stderr).not.toContain('hunter2')
})
