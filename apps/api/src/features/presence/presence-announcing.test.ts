import { channelName } from '@conclave/shared/channels'
import { getPerson, updateMe } from '@conclave/shared/people'
import { PRESENCE_UPDATE_MAX_PEOPLE, type PresenceUpdate } from '@conclave/shared/presence'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishedToTeam } from '../../../test/data-envelopes.ts'
import { arrive, newcomer, type Colleague } from '../../../test/data-people.ts'
import { announceNow } from '../../../test/data-presence.ts'
import { sendWebhook } from '../../../test/data-webhooks.ts'
import { type Harness, startHarness } from '../../../test/harness.ts'
import { connectionOf, waitingFor } from '../../../test/lock-waits.ts'

/** What is told once a second may take a while on a busy machine. */
const PATIENCE = { timeout: 20_000 }

let harness: Harness
let alice: Colleague

beforeAll(async () => {
  harness = await startHarness()
  const [one] = await arrive(harness, ['alice'])
  alice = one!
  await harness.another()
})
afterAll(async () => harness.close())

test('of 400 people who come together the team is told in few events, by two instances, of each once', async () => {
  const ids = await crowd(400)
  const before = (await publishedToTeam(harness)).length
  await Promise.all(
    Array.from({ length: 20 }, async (_, nth) =>
      sendWebhook(harness, ids.slice(nth * 20, nth * 20 + 20).map(occupied)),
    ),
  )
  await expect.poll(async () => shown(ids), PATIENCE).toBe(400)
  const told = (await publishedToTeam(harness)).slice(before)
  const updates = told.map(({ data }) => data as PresenceUpdate)
  expect(told.map(({ type }) => type)).toEqual(told.map(() => 'presence.updated'))
  expect(updates.flatMap(({ online }) => online).toSorted()).toEqual(ids.toSorted())
  for (const { online, offline } of updates) {
    expect(online.length).toBeLessThanOrEqual(PRESENCE_UPDATE_MAX_PEOPLE)
    expect(offline).toEqual([])
  }
  // Three hold them all; who comes while the first is told is in another.
  expect(told.length).toBeLessThanOrEqual(6)
})

test('of somebody who goes and is back within a moment nobody is told, of somebody who stays away everybody', async () => {
  const [bob, carol] = await crowd(2)
  await sendWebhook(harness, [occupied(bob!), occupied(carol!)])
  await announceNow(harness)
  const before = (await publishedToTeam(harness)).length
  // Both are on their way before the team can be told.
  await harness.sql.begin(async (tx) => {
    await tx`select from presence_turn for update`
    await sendWebhook(harness, [vacated(bob!), vacated(carol!)])
    await sendWebhook(harness, [occupied(bob!)], { atMs: Date.now() + 1 })
  })
  await expect.poll(async () => shown([bob!, carol!]), PATIENCE).toBe(1)
  const told = (await publishedToTeam(harness)).slice(before)
  expect(told.map(({ data }) => data)).toEqual([{ online: [], offline: [carol] }])
})

test('a status that changes while the team is told of somebody takes nothing of it back', async () => {
  const bob = await newcomer(harness)
  await sendWebhook(harness, [occupied(bob.id)])
  const changing: Promise<unknown>[] = []
  await harness.sql.begin(async (tx) => {
    // As the announcement does: bob is shown as online, and the team's row is locked.
    await tx`update presence set shown_online = true where person_id = ${bob.id}`
    await tx`select from team for no key update`
    changing.push(bob.call(updateMe, { body: { status: 'busy' } }))
    const own = await connectionOf(tx)
    await expect.poll(async () => waitingFor(harness.owner, own)).not.toEqual([])
  })
  await Promise.all(changing)
  const told = (await publishedToTeam(harness)).at(-1)
  expect(told).toMatchObject({ type: 'person.updated', data: { id: bob.id, online: true } })
  expect(await alice.call(getPerson, { params: { personId: bob.id } })).toEqual(told?.data)
})

test('the team is told although the database’s clock was put back by an hour', async () => {
  const [bob] = await crowd(1)
  await sendWebhook(harness, [occupied(bob!)])
  await harness.sql.begin(async (tx) => {
    await tx`update presence_turn set next_at = clock_timestamp() + interval '1 hour'`
    await tx`
      update presence set changed_at = clock_timestamp() + interval '1 hour', shown_online = false
      where person_id = ${bob!}`
  })
  await expect.poll(async () => shown([bob!]), PATIENCE).toBe(1)
})

/** So many people who have signed in. */
async function crowd(count: number): Promise<string[]> {
  const rows = await harness.sql<{ id: string }[]>`
    insert into people (auth0_sub, name, email, email_verified, role)
    select 'auth0|' || gen_random_uuid(), 'Somebody', 'some@example.com', true, 'member'
    from generate_series(1, ${count}) returning id`
  return rows.map(({ id }) => id)
}

/** How many of these people are shown as online. */
async function shown(ids: readonly string[]): Promise<number> {
  const rows = await harness.sql`
    select from presence where person_id = any (${[...ids]}::uuid[]) and shown_online`
  return rows.length
}

function occupied(personId: string) {
  return { name: 'channel_occupied', channel: channelName({ kind: 'person', personId, epoch: 0 }) }
}

function vacated(personId: string) {
  return { name: 'channel_vacated', channel: channelName({ kind: 'person', personId, epoch: 0 }) }
}
