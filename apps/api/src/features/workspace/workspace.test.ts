import { updatePersonRole } from '@conclave/shared/admin'
import { listAudit } from '@conclave/shared/audit'
import { listPeopleChanges } from '@conclave/shared/people'
import { getWorkspace, updateWorkspace, type WorkspaceSettings } from '@conclave/shared/workspace'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { publishedToTeam } from '../../../test/data-envelopes.ts'
import { arrive, type Colleague, refusal } from '../../../test/data-people.ts'
import { type Harness, startHarness } from '../../../test/harness.ts'

const USUAL: WorkspaceSettings = { editWindowMinutes: null, showVersions: true }

let harness: Harness
let alice: Colleague
let bob: Colleague

beforeAll(async () => {
  harness = await startHarness()
  const [one, two] = await arrive(harness, ['alice', 'bob'])
  alice = one!
  bob = two!
})
beforeEach(async () => change(alice, USUAL))
afterAll(async () => harness.close())

async function change({ call }: Colleague, body: WorkspaceSettings) {
  return call(updateWorkspace, { body })
}

test('a new workspace lets people edit at any time, and shows what was there before', async () => {
  await using fresh = await startHarness()
  const [first] = await arrive(fresh, ['alice'])
  expect(await first!.call(getWorkspace, {})).toEqual({ ...USUAL, rev: expect.any(Number) })
})

test('C6: owners and admins change the settings, everybody reads them, and the team is told', async () => {
  const settings: WorkspaceSettings = { editWindowMinutes: 5, showVersions: false }
  expect(await refusal(change(bob, settings))).toBe('not-allowed')
  const before = await bob.call(getWorkspace, {})
  expect(before).toMatchObject(USUAL)
  const after = await change(alice, settings)
  expect(after).toEqual({ ...settings, rev: before.rev + 1 })
  expect(await bob.call(getWorkspace, {})).toEqual(after)
  const told = (await publishedToTeam(harness)).at(-1)
  expect(told).toMatchObject({ type: 'workspace.updated', rev: after.rev, data: settings })
  // It is about nobody.
  const changes = { query: { after: String(before.rev) } }
  expect(await bob.call(listPeopleChanges, changes)).toMatchObject({ people: [], rev: after.rev })
  const role = { params: { personId: bob.id }, body: { role: 'admin' as const } }
  await alice.call(updatePersonRole, role)
  expect(await change(bob, USUAL)).toMatchObject(USUAL)
  await alice.call(updatePersonRole, { ...role, body: { role: 'member' } })
})

test('the same settings again are neither told nor recorded', async () => {
  const settings: WorkspaceSettings = { editWindowMinutes: 60, showVersions: true }
  const answers = await Promise.all([1, 2, 3].map(async () => change(alice, settings)))
  expect(new Set(answers.map(({ rev }) => rev)).size).toBe(1)
  const { entries } = await alice.call(listAudit, { query: {} })
  const acts = entries.filter(({ action }) => action === 'workspace.updated')
  expect(acts.filter(({ after }) => after?.['editWindowMinutes'] === 60)).toMatchObject([
    { actorId: alice.id, target: {}, before: USUAL, after: settings },
  ])
})

test.each([
  ['a window that is none of those', { ...USUAL, editWindowMinutes: 10 }],
  ['a negative window', { ...USUAL, editWindowMinutes: -5 }],
  ['only one of the settings', { showVersions: true }],
  ['a setting that there is not', { ...USUAL, editOthers: true }],
])('%s is refused', async (_, body) => {
  expect(await refusal(change(alice, body as WorkspaceSettings))).toBe('invalid-request')
  expect(await alice.call(getWorkspace, {})).toMatchObject(USUAL)
})
