import type { Member } from '@conclave/shared/members'
import type { Me, WorkspaceRole } from '@conclave/shared/people'
import type { Room, RoomRole } from '@conclave/shared/rooms'
import { expect, test } from 'vitest'
import { isLastOwner, rightsIn } from './members.rights.ts'

const ALICE = '00000000-0000-7000-8000-00000000000a'
const BOB = '00000000-0000-7000-8000-00000000000b'

test('a member of a closed room may leave it, and decides nothing about others', () => {
  const rights = rightsIn(room('closed', 'member'), me('member'))
  expect(rights).toMatchObject({ mayAdd: false, mayChangeRoles: false, mayLeave: true })
  expect(rights.mayTakeOut(bob('member'))).toBe(false)
})

test('any member may add people to an open room', () => {
  expect(rightsIn(room('open', 'member'), me('member')).mayAdd).toBe(true)
  expect(rightsIn({ ...room('open', 'member'), archived: true }, me('member')).mayAdd).toBe(false)
})

test('a moderator may remove members, and nobody of their own rank or above', () => {
  const rights = rightsIn(room('closed', 'moderator'), me('member'))
  expect(rights).toMatchObject({ mayAdd: true, mayChangeRoles: false })
  expect(rights.mayTakeOut(bob('member'))).toBe(true)
  expect(rights.mayTakeOut(bob('moderator'))).toBe(false)
  expect(rights.mayTakeOut(bob('owner'))).toBe(false)
})

test('an owner of the room, and an owner or admin of the workspace inside it, decides everything', () => {
  const owners = [
    rightsIn(room('closed', 'owner'), me('member')),
    rightsIn(room('closed', 'member'), me('admin')),
    rightsIn(room('closed', 'member'), me('owner')),
  ]
  for (const rights of owners) {
    expect(rights).toMatchObject({ mayAdd: true, mayChangeRoles: true })
    expect(rights.mayTakeOut(bob('owner'))).toBe(true)
  }
})

test('nobody can be added to or removed from a direct room', () => {
  const rights = rightsIn(room('direct', 'member'), me('owner'))
  expect(rights).toMatchObject({ mayAdd: false, mayChangeRoles: false, mayLeave: false })
  expect(rights.mayTakeOut(bob('member'))).toBe(false)
})

test('C14: everybody may write to the whole room, or only who moderates it, which its moderators decide', () => {
  const strict = { notifyAll: 'moderators' } as const
  expect(rightsOf('member')).toMatchObject({ mayNotifyAll: true, maySetNotifyAll: false })
  expect(rightsOf('member', strict)).toMatchObject({ mayNotifyAll: false, maySetNotifyAll: false })
  const may = { mayNotifyAll: true, maySetNotifyAll: true }
  expect(rightsOf('moderator', strict)).toMatchObject(may)
  expect(rightsOf('member', strict, 'admin')).toMatchObject(may)
  expect(rightsOf('member', { kind: 'direct' }, 'owner').maySetNotifyAll).toBe(false)
})

test('somebody is the last owner when there are other members and none of them is an owner', () => {
  expect(isLastOwner('owner', { memberCount: 2 }, 1)).toBe(true)
  expect(isLastOwner('member', { memberCount: 2 }, 1)).toBe(false)
  expect(isLastOwner('owner', { memberCount: 2 }, 2)).toBe(false)
  expect(isLastOwner('owner', { memberCount: 1 }, 1)).toBe(false)
})

function rightsOf(role: RoomRole, more: Partial<Room> = {}, mine: WorkspaceRole = 'member') {
  return rightsIn({ ...room('open', role), ...more }, me(mine))
}

function room(kind: Room['kind'], role: RoomRole): Pick<Room, 'kind' | 'role' | 'archived'> {
  return { kind, role, archived: false }
}

function me(role: WorkspaceRole): Me {
  return { id: ALICE, role } as Me
}

function bob(role: RoomRole): Member {
  return { personId: BOB, role, joinedAt: '2026-03-10T12:00:00.000Z' }
}
