import { listMembers } from '@conclave/shared/members'
import { foldMembers } from '@conclave/shared/members.fold'
import { getMe, getPerson, listPeople, updateMe } from '@conclave/shared/people'
import { byNameThenId, foldPeople } from '@conclave/shared/people.fold'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { folded, publishedToRoom, publishedToTeam } from '../../../test/data-envelopes.ts'
import { arrive, type Colleague, refusal } from '../../../test/data-people.ts'
import { GENERAL, NOWHERE } from '../../../test/data-rooms.ts'
import { type Harness, startHarness } from '../../../test/harness.ts'

let harness: Harness
let alice: Colleague

beforeAll(async () => {
  harness = await startHarness()
  const [one] = await arrive(harness, ['alice'])
  alice = one!
})
afterAll(async () => harness.close())

test('the team sees a new person, who is in General', async () => {
  const at = { params: { roomId: GENERAL } }
  const people = await alice.call(listPeople, {})
  const members = await alice.call(listMembers, at)
  const [bob] = await arrive(harness, ['bob'])
  const team = await publishedToTeam(harness)
  const general = await publishedToRoom(harness, GENERAL)
  expect(folded(people, team, foldPeople)).toEqual(await alice.call(listPeople, {}))
  expect(folded(members, general, foldMembers)).toEqual(await bob!.call(listMembers, at))
})

test('the first who arrives with a verified address owns the workspace, and only they', async () => {
  const [bob] = await arrive(harness, ['bob'])
  expect(await alice.call(getMe, {})).toMatchObject({
    role: 'owner',
    email: 'alice@example.com',
    emailVerified: true,
  })
  expect(await bob!.call(getMe, {})).toMatchObject({ role: 'member' })
})

test('a new person is stored once, however many requests they start with', async () => {
  const { call } = await harness.as('carol@example.com')
  const answers = await Promise.all(Array.from({ length: 20 }, async () => call(getMe, {})))
  expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
  const joined = (await publishedToTeam(harness)).filter(
    ({ type, data }) => type === 'person.joined' && (data as { id: string }).id === answers[0]?.id,
  )
  expect(joined).toHaveLength(1)
})

test('a changed status is emitted to the team, an unchanged one is not', async () => {
  const old = await alice.call(listPeople, {})
  expect(await alice.call(updateMe, { body: { status: 'busy' } })).toMatchObject({ status: 'busy' })
  await alice.call(updateMe, { body: { status: 'busy' } })
  const now = await alice.call(listPeople, {})
  expect(now.rev).toBe(old.rev + 1)
  expect(folded(old, await publishedToTeam(harness), foldPeople)).toEqual(now)
})

test('only a status can be set, and only one that exists', async () => {
  expect(await patchMe({ status: 'asleep' })).toBe(400)
  expect(await patchMe({ status: 'away', role: 'owner' })).toBe(400)
  expect(await patchMe({ status: 'away', name: 'Bob' })).toBe(400)
  expect(await patchMe({ status: 'away' })).toBe(200)
})

test('people come in the order that clients keep, without their e-mail addresses', async () => {
  const names = ['Å', 'A', 'a', '😀', 'Ａ', 'Z']
  for (const name of names) {
    await harness.sql`
      insert into people (auth0_sub, name, email, email_verified, role)
      values (${`test|${name}`}, ${name}, 'x@example.com', true, 'member')`
  }
  const answer = await alice.send('GET', '/v1/people')
  expect(answer.text).not.toContain('@')
  expect(answer.text).not.toContain('test|')
  const { people } = await alice.call(listPeople, {})
  expect(people).toEqual(people.toSorted(byNameThenId))
  expect(people.map(({ name }) => name)).toEqual(expect.arrayContaining(names))
})

test('one person can be fetched, and an unknown one cannot', async () => {
  const [bob] = await arrive(harness, ['bob'])
  expect(await look(bob!.id)).toMatchObject({ name: 'Bob' })
  expect(await refusal(look(NOWHERE))).toBe('person-not-found')
})

test('a blocked person is refused at once, and accepted again when unblocked', async () => {
  const [mallory] = await arrive(harness, ['mallory'])
  await harness.sql`update people set blocked_at = now() where id = ${mallory!.id}`
  expect(await refusal(mallory!.call(getMe, {}))).toBe('access-removed')
  await harness.sql`update people set blocked_at = null where id = ${mallory!.id}`
  expect(await mallory!.call(getMe, {})).toMatchObject({ name: 'Mallory' })
})

test('a token from before signing out everywhere is refused', async () => {
  const [mallory] = await arrive(harness, ['mallory'])
  await harness.sql`
    update people set not_before = now() + interval '1 minute' where id = ${mallory!.id}`
  expect(await refusal(mallory!.call(getMe, {}))).toBe('not-signed-in')
  await harness.sql`
    update people set not_before = now() - interval '1 hour' where id = ${mallory!.id}`
  expect(await mallory!.call(getMe, {})).toMatchObject({ name: 'Mallory' })
})

async function patchMe(body: object): Promise<number> {
  return (await alice.send('PATCH', '/v1/me', body)).status
}

async function look(personId: string) {
  return alice.call(getPerson, { params: { personId } })
}
