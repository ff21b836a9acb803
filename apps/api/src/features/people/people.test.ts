import { listMembers } from '@conclave/shared/members'
import { getMe, getPerson, listPeople, updateMe } from '@conclave/shared/people'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishedToRoom, publishedToTeam } from '../../../test/data-envelopes.ts'
import { everyPerson, foldedPeople } from '../../../test/data-lists.ts'
import { arrive, type Colleague, newcomer, refusal } from '../../../test/data-people.ts'
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
  const dave = await newcomer(harness)
  const { people } = await alice.call(listPeople, {})
  const joined = (await publishedToTeam(harness)).at(-1)
  expect(joined).toMatchObject({ type: 'person.joined', data: { id: dave.id } })
  expect(people).toContainEqual(joined?.data)
  const { members } = await dave.call(listMembers, at)
  const general = (await publishedToRoom(harness, GENERAL)).at(-1)
  expect(general).toMatchObject({ type: 'member.joined', data: { personId: dave.id } })
  expect(members).toContainEqual(general?.data)
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
  const old = await everyPerson(alice)
  expect(await alice.call(updateMe, { body: { status: 'busy' } })).toMatchObject({ status: 'busy' })
  await alice.call(updateMe, { body: { status: 'busy' } })
  const now = await everyPerson(alice)
  expect(now.rev).toBe(old.rev + 1)
  expect(foldedPeople(old, await publishedToTeam(harness))).toEqual(now)
})

test('only a status can be set, and only one that exists', async () => {
  expect(await patchMe({ status: 'asleep' })).toBe(400)
  expect(await patchMe({ status: 'away', role: 'owner' })).toBe(400)
  expect(await patchMe({ status: 'away', name: 'Bob' })).toBe(400)
  expect(await patchMe({ status: 'away' })).toBe(200)
})

test('people come by name, whatever its case and composition, without their e-mail addresses', async () => {
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
  const shown = people.map(({ name }) => name).filter((name) => names.includes(name))
  // The first three are one letter, and in the order of their ids.
  expect(shown).toEqual(['A', 'a', 'Ａ', 'Å', 'Z', '😀'])
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
