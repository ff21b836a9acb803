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
let filling: ReturnType<typeof fillOnce> | undefined

beforeAll(async () => {
  harness = await startHarness()
  const [one, two] = await arrive(harness, ['carol', 'alice'])
  carol = one!
  alice = two!
  await say(carol, GENERAL, 'Said before all that')
})
afterAll(async () => harness.close())

test('a database in which something does not hold is left as it was', async () => {
  await using odd = await startHarness()
  await odd.owner`update rooms set last_seq = last_seq + 1 where id = ${GENERAL}`
  await expect(fill(odd)).rejects.toThrow('seqs of a room have no gaps: not in 1 places')
  expect(await countsOf(odd)).toMatchObject({ rooms: 1, messages: 0 })
})

test('whoever was there before catches up to what a fresh load gives, and nothing is published', async () => {
  const { before, counts, unread, newlyPublished } = await filled()
  expect(counts).toEqual({ people, rooms, messages: messages + 1 })
  expect(unread).toEqual([])
  expect(newlyPublished).toEqual([])

  const away = copyOf(before)
  await catchUpAll(away)
  const now = await fetchReplica(alice, [GENERAL])
  expect(latestOnly(contentsOf(away))).toEqual(latestOnly(contentsOf(now)))
})

test('the people of the seed and those of the flood sign in, and talk where they are', async () => {
  await filled()
  const email = floodEmail(SOMEBODY)
  await harness.auth0.addCrowd([email])
  const { call } = await harness.as(email)
  const me = await call(getMe, {})
  expect(await countsOf(harness)).toMatchObject({ people })
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
  await filled()
  await expect(fill(harness)).rejects.toThrow('This database is flooded already')
})

/** Fills the database for the first test that needs it; all get what was before and right after. */
async function filled(): ReturnType<typeof fillOnce> {
  return (filling ??= fillOnce())
}

async function fillOnce() {
  const before = await fetchReplica(alice, [GENERAL])
  const sent = (await published(harness)).length
  await fill(harness)
  const counts = await countsOf(harness)
  const unread = await harness.sql`select from lagging`
  return { before, counts, unread, newlyPublished: (await published(harness)).slice(sent) }
}

async function fill({ owner }: Harness): Promise<void> {
  const { host, port, database, user, pass } = owner.options
  const address = `postgres://${user}:${String(pass)}@${host[0]}:${port[0]}/${database}`
  await flood({ database: address, size: 'small' })
}

async function countsOf({ owner }: Harness) {
  const [counts] = await owner<[{ people: number; rooms: number; messages: number }]>`
    select
      (select count(*)::int from people) as people,
      (select count(*)::int from rooms) as rooms,
      (select count(*)::int from messages) as messages`
  return counts
}

/** A page that was open before has older messages too. */
function latestOnly(contents: Record<string, unknown>): Record<string, unknown> {
  const key = JSON.stringify(messagesKey(GENERAL))
  const page = contents[key] as MessagePage
  expect(page.messages.length).toBeGreaterThanOrEqual(PAGE_SIZE)
  const { messages: all, rev, reachesEnd } = page
  return { ...contents, [key]: { rev, reachesEnd, messages: all.slice(-PAGE_SIZE) } }
}
