import type { Message, MessagePage } from '@conclave/shared/messages'
import type { Member } from '@conclave/shared/members'
import type { Person } from '@conclave/shared/people'
import type { Room, Rooms } from '@conclave/shared/rooms'

export const ALICE = '00000000-0000-7000-8000-00000000000a'
export const BOB = '00000000-0000-7000-8000-00000000000b'
export const GENERAL = '00000000-0000-7000-8000-000000000001'
export const DESIGN = '00000000-0000-7000-8000-000000000002'
export const AT = '2026-03-10T12:00:00.000Z'

export function room(overrides: Partial<Room> = {}): Room {
  return {
    id: GENERAL,
    kind: 'open',
    name: 'general',
    topic: '',
    archived: false,
    people: [],
    role: 'member',
    lastSeq: 1,
    readSeq: 1,
    rev: 1,
    epoch: 3,
    ...overrides,
  }
}

/** My rooms as they were fetched. */
export function roomsAt(rev: number, ...rooms: Room[]): Rooms {
  return { rooms, rev, epoch: 1, teamEpoch: 2 }
}

export function message(seq: number, overrides: Partial<Message> = {}): Message {
  return {
    id: `00000000-0000-7000-8000-${String(seq).padStart(12, '0')}`,
    roomId: GENERAL,
    seq,
    rev: seq,
    authorId: BOB,
    text: `message ${seq}`,
    createdAt: AT,
    ...overrides,
  }
}

export function page(...messages: Message[]): MessagePage {
  const rev = Math.max(0, ...messages.map((held) => held.rev))
  return { messages, rev, reachesStart: true, reachesEnd: true }
}

export function person(id: string, name: string): Person {
  return {
    id,
    name,
    avatarUrl: null,
    status: 'available',
    role: 'member',
    active: true,
    online: true,
  }
}

export function member(personId: string): Member {
  return { personId, role: 'member', joinedAt: AT }
}
