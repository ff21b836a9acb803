import { blockPerson, unblockPerson, updatePersonRole } from '@conclave/shared/admin'
import { AuditAction, listAudit, type AuditTarget } from '@conclave/shared/audit'
import { addMember, removeMember, updateMember } from '@conclave/shared/members'
import { removeMessage } from '@conclave/shared/removals'
import { updateRoomSettings } from '@conclave/shared/rooms.settings'
import { getWorkspace, updateWorkspace } from '@conclave/shared/workspace'
import { endSession, endSessions, listSessions } from '@conclave/shared/sessions'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditedBy } from '../../../test/data-audit.ts'
import { arrive, type Colleague, newcomer } from '../../../test/data-people.ts'
import { roomOf, say } from '../../../test/data-rooms.ts'
import { type Harness, startHarness } from '../../../test/harness.ts'

let harness: Harness
let alice: Colleague

beforeAll(async () => {
  harness = await startHarness()
  const [owner] = await arrive(harness, ['alice'])
  alice = owner!
})
afterAll(async () => harness.close())

interface Act {
  act: () => Promise<unknown>
  by: Colleague
  target: AuditTarget
  before?: object
  after?: object
}

/** Each is about somebody whom Alice, the owner, has not met before; what it needs is done before it. */
const CASES: [AuditAction, (bob: Colleague) => Promise<Act>][] = [
  [
    'member.added',
    async (bob) => {
      const roomId = await roomWith()
      return {
        act: async () => alice.call(addMember, { params: { roomId }, body: { personId: bob.id } }),
        by: alice,
        target: { roomId, personId: bob.id },
        after: { role: 'member' },
      }
    },
  ],
  [
    'member.role-changed',
    async (bob) => {
      const target = { roomId: await roomWith(bob), personId: bob.id }
      const body = { role: 'moderator' } as const
      return {
        act: async () => alice.call(updateMember, { params: target, body }),
        by: alice,
        target,
        before: { role: 'member' },
        after: { role: 'moderator' },
      }
    },
  ],
  [
    'member.left',
    async (bob) => {
      const target = { roomId: await roomWith(bob), personId: bob.id }
      await alice.call(updateMember, { params: target, body: { role: 'moderator' } })
      return {
        act: async () => bob.call(removeMember, { params: target }),
        by: bob,
        target,
        before: { role: 'moderator' },
      }
    },
  ],
  [
    'member.removed',
    async (bob) => {
      const target = { roomId: await roomWith(bob), personId: bob.id }
      return {
        act: async () => alice.call(removeMember, { params: target }),
        by: alice,
        target,
        before: { role: 'member' },
      }
    },
  ],
  [
    'room.settings-changed',
    async () => {
      const roomId = await roomWith()
      const body = { notifyAll: 'moderators' } as const
      return {
        act: async () => alice.call(updateRoomSettings, { params: { roomId }, body }),
        by: alice,
        target: { roomId },
        before: { notifyAll: 'members' },
        after: { notifyAll: 'moderators' },
      }
    },
  ],
  [
    'message.removed',
    async (bob) => {
      const roomId = await roomWith(bob)
      const { id: messageId } = await say(bob, roomId, 'not for here')
      return {
        act: async () => alice.call(removeMessage, { params: { roomId, messageId } }),
        by: alice,
        target: { roomId, personId: bob.id, messageId },
      }
    },
  ],
  [
    'workspace.updated',
    async () => {
      const { rev: _, ...before } = await alice.call(getWorkspace, {})
      const after = { ...before, showVersions: !before.showVersions }
      return {
        act: async () => alice.call(updateWorkspace, { body: after }),
        by: alice,
        target: {},
        before,
        after,
      }
    },
  ],
  [
    'person.role-changed',
    async ({ id: personId }) => ({
      act: async () =>
        alice.call(updatePersonRole, { params: { personId }, body: { role: 'admin' } }),
      by: alice,
      target: { personId },
      before: { role: 'member' },
      after: { role: 'admin' },
    }),
  ],
  [
    'person.blocked',
    async ({ id: personId }) => ({
      act: async () =>
        alice.call(blockPerson, { params: { personId }, body: { reason: 'Left us' } }),
      by: alice,
      target: { personId },
    }),
  ],
  [
    'person.unblocked',
    async ({ id: personId }) => {
      await alice.call(blockPerson, { params: { personId }, body: { reason: 'Left us' } })
      return {
        act: async () => alice.call(unblockPerson, { params: { personId } }),
        by: alice,
        target: { personId },
      }
    },
  ],
  [
    'audit.read',
    async () => {
      for (let nth = 1; nth <= 4; nth += 1) await roomWith()
      return {
        act: async () => alice.call(listAudit, { query: { after: '3', limit: '1' } }),
        by: alice,
        target: {},
        after: { from: 4, entries: 1 },
      }
    },
  ],
  [
    'session.ended',
    async (bob) => {
      const { sessions } = await bob.call(listSessions, {})
      const sessionId = sessions[0]!.id
      return {
        act: async () => bob.call(endSession, { params: { sessionId } }),
        by: bob,
        target: { personId: bob.id, sessionId },
      }
    },
  ],
  [
    'sessions.ended',
    async (bob) => ({
      act: async () => bob.call(endSessions, {}),
      by: bob,
      target: { personId: bob.id },
      after: { ended: 1 },
    }),
  ],
]

/** In audit.test.ts and refusals.test.ts. */
const ELSEWHERE: AuditAction[] = ['room.created', 'refusals.lost']

test.each(CASES)(
  '%s is one entry, with what was before and what is now',
  async (action, prepare) => {
    const { act, by, target, before = null, after = null } = await prepare(await newcomer(harness))
    const entries = await auditedBy(harness, alice, act)
    expect(entries).toMatchObject([{ action, actorId: by.id, outcome: 'done' }])
    const [entry] = entries
    expect(entry?.target).toEqual(target)
    expect(entry?.before).toEqual(before)
    expect(entry?.after).toEqual(after)
  },
)

test('every act is tried', () => {
  const all = AuditAction.anyOf.map(({ const: action }) => action)
  expect([...CASES.map(([action]) => action), ...ELSEWHERE].toSorted()).toEqual(all.toSorted())
})

/** A closed room of Alice's with these people in it. */
async function roomWith(...others: Colleague[]): Promise<string> {
  return (await roomOf(alice, 'closed', others)).id
}
