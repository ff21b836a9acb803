import type { RoomEvent } from './events.ts'
import { ALICE, BOB, NOON, type Example } from './examples.ts'
import { addMember, Member, MemberPage, updateMember } from './members.ts'

export const memberAlice: Member = { personId: ALICE, role: 'owner', joinedAt: NOON }
export const memberBob: Member = {
  personId: BOB,
  role: 'member',
  joinedAt: '2026-11-02T12:00:01.000Z',
}
export const members: MemberPage = { members: [memberAlice], owners: 1, rev: 5 }

export const MEMBER_EVENTS: RoomEvent[] = [
  { type: 'member.joined', data: memberBob },
  { type: 'member.updated', data: { ...memberBob, role: 'moderator' } },
  { type: 'member.left', data: { personId: BOB } },
]

export const MEMBERS_EXAMPLES: Record<string, Example> = {
  Member: {
    schema: Member,
    valid: [memberAlice, memberBob],
    invalid: {
      'a time in another zone': { ...memberAlice, joinedAt: '2026-11-02T13:00:00.000+01:00' },
      'a role there is not': { ...memberAlice, role: 'admin' },
    },
  },
  MemberPage: {
    schema: MemberPage,
    valid: [members],
    invalid: { 'a revision as text': { ...members, rev: '5' } },
  },
  addMember: {
    schema: addMember.body,
    valid: [{ personId: BOB }],
    invalid: { 'a role by wish': { personId: BOB, role: 'owner' } },
  },
  updateMember: {
    schema: updateMember.body,
    valid: [{ role: 'moderator' }],
    invalid: { 'a role of the workspace': { role: 'admin' }, 'no role': {} },
  },
}
