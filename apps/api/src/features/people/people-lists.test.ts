import { blockPerson } from '@conclave/shared/admin'
import { removeMember } from '@conclave/shared/members'
import { everyPage } from '@conclave/shared/pages'
import { getPeople, listPeople, listPeopleChanges, updateMe } from '@conclave/shared/people'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { arrive, type Colleague, newcomer, refusal } from '../../../test/data-people.ts'
import { announceNow } from '../../../test/data-presence.ts'
import { NOWHERE, roomOf } from '../../../test/data-rooms.ts'
import { personChannel, sendWebhook } from '../../../test/data-webhooks.ts'
import { type Harness, startHarness } from '../../../test/harness.ts'

let harness: Harness
let alice: Colleague
let bob: Colleague
let carol: Colleague
let mallory: Colleague

beforeAll(async () => {
  harness = await startHarness()
  const [one, two, three, four] = await arrive(harness, ['alice', 'bob', 'carol', 'mallory'])
  alice = one!
  bob = two!
  carol = three!
  mallory = four!
})
afterAll(async () => harness.close())

describe('people', () => {
  test('are got by their ids, each once, and ids that nobody has are omitted', async () => {
    const ids = [bob.id, NOWHERE, alice.id, bob.id].join(',')
    const { people, rev } = await alice.call(getPeople, { query: { ids } })
    expect(people.map(({ name }) => name)).toEqual(['Bob', 'Alice'])
    expect((await alice.call(listPeople, {})).rev).toBe(rev)
    expect(await alice.call(getPeople, { query: { ids: NOWHERE } })).toEqual({ people: [], rev })
  })

  test.each(['', 'x', `${NOWHERE},`, Array.from({ length: 101 }, () => NOWHERE).join(',')])(
    'are not got by ids like %s',
    async (ids) => {
      expect((await alice.send('GET', `/v1/people/by-id?ids=${ids}`)).status).toBe(400)
    },
  )

  test('are found by a part of their name, whatever its case', async () => {
    expect(await found({ search: 'ALI' })).toEqual(['Alice'])
    expect(await found({ search: 'o' })).toEqual(['Bob', 'Carol', 'Mallory'])
    expect(await found({ search: '_' })).toEqual([])
    expect(await found({ search: 'alice@example.com' })).toEqual([])
  })

  test('with the longest names that there are, are paged through by name', async () => {
    // Its one letter is 33 bytes when it is taken apart.
    const longest = '\ufdfa'.repeat(100)
    await harness.sql`
      insert into people (auth0_sub, name, email, email_verified, role)
      select 'long|' || nth, ${longest}, 'x@example.com', true, 'member' from generate_series(1, 3) nth`
    const pages = await everyPage((query) =>
      alice.call(listPeople, { query: { ...query, search: longest.slice(0, 80), limit: '1' } }),
    )
    await harness.sql`delete from people where name = ${longest}`
    expect(pages.map(({ people }) => people.length)).toEqual([1, 1, 1])
  })
})

describe('people outside a room', () => {
  test('are those with access who are not in it, also somebody who is kept out', async () => {
    const { id: roomId } = await roomOf(alice, 'open', [bob, carol])
    expect(await found({ outside: roomId })).toEqual(['Mallory'])
    const at = { params: { roomId, personId: carol.id }, query: { keepOut: 'true' as const } }
    await alice.call(removeMember, at)
    expect(await found({ outside: roomId })).toEqual(['Carol', 'Mallory'])
    expect(await found({ outside: roomId, search: 'Mal' })).toEqual(['Mallory'])
    const dave = await newcomer(harness)
    const name = (await alice.call(getPeople, { query: { ids: dave.id } })).people[0]!.name
    const search = name.slice(0, 80)
    expect(await found({ outside: roomId, search }, [dave])).toEqual([name])
    await alice.call(blockPerson, { params: { personId: dave.id }, body: {} })
    expect(await found({ outside: roomId, search }, [dave])).toEqual([])
  })

  test('are told to its members only', async () => {
    const { id: outside } = await roomOf(alice, 'open', [bob])
    const asked = { query: { outside, search: 'zzz' } }
    expect((await bob.call(listPeople, asked)).people).toEqual([])
    expect(await refusal(mallory.call(listPeople, asked))).toBe('room-not-found')
    const unknown = { query: { outside: NOWHERE } }
    expect(await refusal(bob.call(listPeople, unknown))).toBe('room-not-found')
  })
})

describe('what changed in people', () => {
  test('is nothing since now, and everybody in whom something changed, once', async () => {
    const { rev } = await alice.call(listPeople, {})
    expect(await since(rev)).toEqual({ reset: false, people: [], rev })
    await bob.call(updateMe, { body: { status: 'busy' } })
    await bob.call(updateMe, { body: { status: 'away' } })
    await carol.call(updateMe, { body: { status: 'busy' } })
    const changes = await since(rev)
    const ids = [bob.id, carol.id].join(',')
    const now = await alice.call(getPeople, { query: { ids } })
    expect(changes).toEqual({ reset: false, ...now, people: expect.any(Array) })
    if (changes.reset) throw new Error('It is too much')
    expect(changes.people.toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual(now.people)
  })

  test('is who came online or went offline', async () => {
    const { rev } = await alice.call(listPeople, {})
    const channel = await personChannel(harness, bob.id)
    await sendWebhook(harness, [{ name: 'channel_occupied', channel }])
    await announceNow(harness)
    expect(await since(rev)).toMatchObject({ people: [{ id: bob.id, online: true }] })
    const { rev: now } = await alice.call(listPeople, {})
    await sendWebhook(harness, [{ name: 'channel_vacated', channel }], { atMs: Date.now() + 1 })
    await announceNow(harness)
    expect(await since(now)).toMatchObject({ people: [{ id: bob.id, online: false }] })
  })

  test('is who joined', async () => {
    const { rev } = await alice.call(listPeople, {})
    const { id } = await newcomer(harness)
    expect(await since(rev)).toMatchObject({ people: [{ id }] })
  })

  test('is too much when more than 200 people changed, and unknown after a revision that is not in the log', async () => {
    const { rev: before } = await alice.call(listPeople, {})
    await harness.sql`
      with added as (
        insert into people (auth0_sub, name, email, email_verified, role)
        select 'many|' || nth, 'One of many', 'x@example.com', true, 'member'
        from generate_series(1, 201) nth returning id
      ),
      numbered as (select id, row_number() over () as nth from added),
      raised as (update team set rev = rev + 201 returning rev),
      told as (
        insert into log (stream, rev, kind, subject, type, data)
        select 'team', raised.rev - 201 + nth, 'person', id, 'person.updated', '{}'
        from numbered cross join raised
      )
      update cursors set rev = (select rev from team) + 201 where stream = 'team'`
    const { rev } = await alice.call(listPeople, {})
    expect(await since(before)).toEqual({ reset: true, rev })
    const changes = await since(before + 1)
    expect(changes).toMatchObject({ reset: false, people: { length: 200 } })
    await harness.owner`delete from log where stream = 'team' and rev = ${rev - 1}`
    expect(await since(rev - 1)).toMatchObject({ reset: false, people: { length: 1 } })
    expect(await since(rev - 2)).toEqual({ reset: true, rev })
    expect(await since(rev + 1)).toEqual({ reset: true, rev })
    expect(await since(999_999_999_999_999)).toEqual({ reset: true, rev })
    await harness.sql`delete from people where name = 'One of many'`
  })
})

/** The names that are found, of these people only: others join in other tests. */
async function found(
  query: { search?: string; outside?: string },
  of: readonly Colleague[] = [alice, bob, carol, mallory],
): Promise<string[]> {
  const ids = new Set(of.map(({ id }) => id))
  const { people } = await alice.call(listPeople, { query })
  return people.filter(({ id }) => ids.has(id)).map(({ name }) => name)
}

async function since(after: number) {
  return alice.call(listPeopleChanges, { query: { after: String(after) } })
}
