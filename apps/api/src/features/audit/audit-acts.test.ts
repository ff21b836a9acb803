import { blockPerson, unblockPerson, updatePersonRole } from '@conclave/shared/admin'
import { AuditAction, listAudit, type AuditTarget } from '@conclave/shared/audit'
import { addMember, removeMember, updateMember } from '@conclave/shared/members'
import { endSession, endSessions, listSessions } from '@conclave/shared/sessions'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditedBy } from '../../../test/data-audit.ts'
import { arrive, type Colleague } from '../../../test/data-people.ts'
import { roomOf } from '../../../test/data-rooms.ts'
import { type Harness, startHarness } from '../../../test/harness.ts'

let harness: Harness
let alice: Colleague
let bob: Colleague
let carol: Colleague
let witness: Colleague
let roomId: string
let sessionId: string

beforeAll(async () => {
  harness = await startHarness()
  const [one, two, three, four] = await arrive(harness, ['alice', 'bob', 'carol', 'mallory'])
  alice = one!
  bob = two!
  carol = three!
  witness = four!
  roomId = (await roomOf(alice, 'closed', [carol])).id
  const { sessions } = await carol.call(listSessions, {})
  sessionId = sessions[0]!.id
})
afterAll(async () => harness.close())

interface Case {
  act: () => Promise<unknown>
  by: () => Colleague
  target: () => AuditTarget
  before?: object
  after?: object
}

const inRoom = () => ({ params: { roomId, personId: bob.id } })
const ofBob = () => ({ params: { personId: bob.id } })
const bobInRoom = () => ({ roomId, personId: bob.id })

/** One after the other: each begins where the one before it ended. */
const CASES: [AuditAction, Case][] = [
  [
    'member.added',
    {
      act: async () => alice.call(addMember, { params: { roomId }, body: { personId: bob.id } }),
      by: () => alice,
      target: bobInRoom,
      after: { role: 'member' },
    },
  ],
  [
    'member.role-changed',
    {
      act: async () => alice.call(updateMember, { ...inRoom(), body: { role: 'moderator' } }),
      by: () => alice,
      target: bobInRoom,
      before: { role: 'member' },
      after: { role: 'moderator' },
    },
  ],
  [
    'member.left',
    {
      act: async () => bob.call(removeMember, inRoom()),
      by: () => bob,
      target: bobInRoom,
      before: { role: 'moderator' },
    },
  ],
  [
    'member.removed',
    {
      act: async () => alice.call(removeMember, { params: { roomId, personId: carol.id } }),
      by: () => alice,
      target: () => ({ roomId, personId: carol.id }),
      before: { role: 'member' },
    },
  ],
  [
    'person.role-changed',
    {
      act: async () => alice.call(updatePersonRole, { ...ofBob(), body: { role: 'admin' } }),
      by: () => alice,
      target: () => ({ personId: bob.id }),
      before: { role: 'member' },
      after: { role: 'admin' },
    },
  ],
  [
    'person.blocked',
    {
      act: async () => alice.call(blockPerson, { ...ofBob(), body: { reason: 'Left us' } }),
      by: () => alice,
      target: () => ({ personId: bob.id }),
    },
  ],
  [
    'person.unblocked',
    {
      act: async () => alice.call(unblockPerson, ofBob()),
      by: () => alice,
      target: () => ({ personId: bob.id }),
    },
  ],
  [
    'audit.read',
    {
      act: async () => alice.call(listAudit, { query: { after: '3', limit: '1' } }),
      by: () => alice,
      target: () => ({}),
      after: { from: 4, entries: 1 },
    },
  ],
  [
    'session.ended',
    {
      act: async () => carol.call(endSession, { params: { sessionId } }),
      by: () => carol,
      target: () => ({ personId: carol.id, sessionId }),
    },
  ],
  [
    'sessions.ended',
    {
      act: async () => alice.call(endSessions, {}),
      by: () => alice,
      target: () => ({ personId: alice.id }),
      after: { ended: 1 },
    },
  ],
]

/** In audit.test.ts and refusals.test.ts. */
const ELSEWHERE: AuditAction[] = ['room.created', 'refusals.lost']

test.each(CASES)('%s is one entry, with what was before and what is now', async (action, given) => {
  const entries = await auditedBy(harness, witness, given.act)
  expect(entries).toMatchObject([{ action, actorId: given.by().id, outcome: 'done' }])
  const [entry] = entries
  expect(entry?.target).toEqual(given.target())
  expect(entry?.before).toEqual(given.before ?? null)
  expect(entry?.after).toEqual(given.after ?? null)
})

test('every act is tried', () => {
  const all = AuditAction.anyOf.map(({ const: action }) => action)
  expect([...CASES.map(([action]) => action), ...ELSEWHERE].toSorted()).toEqual(all.toSorted())
})
