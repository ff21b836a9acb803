import { messagesKey } from '@conclave/client/keys/messages.keys'
import { flood } from '@conclave/dev-stack/flood/flood'
import { floodEmail } from '@conclave/dev-stack/flood/flood-people'
import { FLOOD_SIZES } from '@conclave/dev-stack/flood/flood-sizes'
import { listMessages, type MessagePage, PAGE_SIZE } from '@conclave/shared/messages'
import { getMe } from '@conclave/shared/people'
import { listRooms } from '@conclave/shared/rooms'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { published } from '../../test/data-envelopes.ts'
import { arrive, type Colleague } from '../../test/data-people.ts'
import { catchUpAll, contentsOf, copyOf, fetchReplica } from '../../test/data-replica.ts'
import { GENERAL, say } from '../../test/data-rooms.ts'
import { type Harness, startHarness } from '../../test/harness.ts'

const { people, rooms, messages } = FLOOD_SIZES.small
const SOMEBODY = 7

let harness: Harness
let carol: Colleague
let alice: Colleague

beforeAll(async () => {
  harness = await startHarness()
  const [one, two] = await arrive(harness, ['carol', 'alice'])
  carol = one!
  alice = two!
  await say(carol, GENERAL, 'Said before all that')
})
afterAll(async () => harness.close())

test('a database in which something does not hold is left as it was', async () => {
  await harness.owner`update rooms set last_seq = last_seq + 1 where id = ${GENERAL}`
  await expect(fill()).rejects.toThrow('seqs of a room have no gaps: not in 1 places')
  await harness.owner`update rooms set last_seq = last_seq - 1 where id = ${GENERAL}`
  expect(await count('rooms')).toBe(1)
})

test('whoever was there before catches up to what a fresh load gives, and nothing is published', async () => {
  const before = await fetchReplica(alice, [GENERAL])
  const sent = (await published(harness)).length
  await fill()
  expect(await count('people')).toBe(people)
  expect(await count('rooms')).toBe(rooms)
  expect(await count('messages')).toBe(messages + 1)

  const away = copyOf(before)
  await catchUpAll(away)
  const now = await fetchReplica(alice, [GENERAL])
  expect(latestOnly(contentsOf(away))).toEqual(latestOnly(contentsOf(now)))
  expect(await harness.sql`select from lagging`).toEqual([])
  expect((await published(harness)).length).toBe(sent)
})

test('the people of the seed and those of the flood sign in, and talk where they are', async () => {
  const email = floodEmail(SOMEBODY)
  await harness.auth0.addCrowd([email])
  const { call } = await harness.as(email)
  const me = await call(getMe, {})
  expect(await count('people')).toBe(people)
  const mine = await call(listRooms, { query: {} })
  const owners = await carol.call(listRooms, { query: {} })
  expect(owners.rooms).toHaveLength(rooms)

  const room = mine.rooms.find(({ name }) => name === 'Operations')!
  const said = await say({ ...alice, call }, room.id, 'Said afterwards')
  expect(said).toMatchObject({ authorId: me.id, seq: room.lastSeq + 1, rev: room.rev + 1 })
  const page = await carol.call(listMessages, { params: { roomId: room.id }, query: {} })
  expect(page.messages.at(-1)).toEqual(said)
})

test('what is filled is not filled again', async () => {
  await expect(fill()).rejects.toThrow('This database is flooded already')
})

async function fill(): Promise<void> {
  const { host, port, database, user, pass } = harness.owner.options
  const address = `postgres://${user}:${String(pass)}@${host[0]}:${port[0]}/${database}`
  await flood({ database: address, size: 'small' })
}

async function count(table: string): Promise<number> {
  const [row] = await harness.owner<{ count: number }[]>`
    select count(*)::int as count from ${harness.owner(table)}`
  return row?.count ?? 0
}

/** A page that was open before has older messages too. */
function latestOnly(contents: Record<string, unknown>): Record<string, unknown> {
  const key = JSON.stringify(messagesKey(GENERAL))
  const page = contents[key] as MessagePage
  expect(page.messages.length).toBeGreaterThanOrEqual(PAGE_SIZE)
  const { messages: all, rev, reachesEnd } = page
  return { ...contents, [key]: { rev, reachesEnd, messages: all.slice(-PAGE_SIZE) } }
}
