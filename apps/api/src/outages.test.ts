import { createClient } from '@conclave/shared/client'
import { postMessage } from '@conclave/shared/messages'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { GENERAL } from '../test/data-rooms.ts'
import { createDatabase } from '../test/database.ts'
import { startDatabaseProxy } from '../test/database-proxy.ts'
import { environment, startHarness, type Harness } from '../test/harness.ts'
import { startProcess } from '../test/api-process.ts'

/** The query in progress when the database goes away: of the driver, of requests, and of background work. */
const MOMENTS = [
  ['typarray', 'closed'],
  ['typarray', 'reset'],
  ['begin', 'closed'],
  ['post_messages', 'reset'],
  ['read_log', 'closed'],
  ['lagging', 'reset'],
  ['revocation_steps', 'reset'],
  ['update rounds', 'closed'],
] as const

let harness: Harness
let database: Awaited<ReturnType<typeof createDatabase>>

beforeAll(async () => {
  harness = await startHarness()
  database = await createDatabase()
})
afterAll(async () => {
  await database.drop()
  await harness.close()
})

test('an api survives a database that goes away during any of its work', async () => {
  await using proxy = await startDatabaseProxy(database.url)
  const { auth0, pusher } = harness
  await using api = startProcess(environment({ database: proxy.url, auth0, pusher }))
  const url = await api.listening
  const { token } = await harness.as('alice@example.com')
  const call = createClient({ baseUrl: url, fetch, token: async () => token })
  const post = async () =>
    call(postMessage, { params: { roomId: GENERAL }, body: { id: v7(), text: 'hello' } }).then(
      () => 'stored',
      ({ slug }: { slug: string }) => slug,
    )
  /** Requests of every kind; rounds, relay and revocation query the database by themselves. */
  async function work(): Promise<void> {
    await Promise.all([
      ...[1, 2, 3, 4].map(post),
      ...['/readyz', '/metrics'].map(async (path) => (await fetch(url + path)).text()),
    ])
  }
  await expect.poll(post).toBe('stored')

  for (const [words, ending] of MOMENTS) {
    await proxy.goAway('closed')
    const gone = proxy.goAwayWhenAsked(words, ending)
    await proxy.comeBack()
    const isOver = gone.then(() => true)
    while (!(await Promise.race([isOver, work().then(() => false)])));
    expect([words, await post()]).toEqual([words, 'unavailable'])
    expect((await fetch(`${url}/readyz`)).status).toBe(503)
    await proxy.comeBack()
    await expect.poll(post).toBe('stored')
    await expect.poll(async () => (await fetch(`${url}/readyz`)).status).toBe(200)
  }

  expect(api.lines.filter(({ level }) => level === 'fatal')).toEqual([])
  api.child.kill('SIGTERM')
  expect(await api.exited).toEqual([0, null])
})
