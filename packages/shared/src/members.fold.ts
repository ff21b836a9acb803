import type { RoomEvent } from './events.ts'
import type { Member, Members } from './members.ts'
import type { RoomChanges } from './messages.ts'
import { unreachable } from './unreachable.ts'

/** The members after an event of the room; the caller has checked that `rev` is exactly next. */
export function foldMembers(state: Members, event: RoomEvent, rev: number): Members {
  switch (event.type) {
    case 'member.joined':
    case 'member.updated':
      return { rev, members: withMember(state.members, event.data) }
    case 'member.left':
      return { rev, members: withoutMember(state.members, event.data.personId) }
    case 'message.posted':
    case 'message.changed':
    case 'message.superseded':
      return { ...state, rev }
    default:
      return unreachable(event)
  }
}

/** The members after a catch-up, or undefined when they have to be loaded again. */
export function catchUpMembers(state: Members, changes: RoomChanges): Members | undefined {
  if (changes.reset) return undefined
  if (changes.rev <= state.rev) return state
  const members = changes.left.reduce(
    withoutMember,
    changes.members.reduce(withMember, state.members),
  )
  return { rev: changes.rev, members }
}

/** Members with this one added or replaced, in the order of joining. */
export function withMember(members: Member[], member: Member): Member[] {
  return [...withoutMember(members, member.personId), member].toSorted(byJoining)
}

export function withoutMember(members: Member[], personId: string): Member[] {
  return members.filter((member) => member.personId !== personId)
}

/** Compares members by the time of joining, then by id; the same on the server and in every client. */
export function byJoining(a: Member, b: Member): number {
  if (a.joinedAt !== b.joinedAt) return a.joinedAt < b.joinedAt ? -1 : 1
  return a.personId < b.personId ? -1 : 1
}
