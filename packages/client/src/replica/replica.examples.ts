import { BOB, NOON } from '@conclave/shared/examples'
import { messageAt } from '@conclave/shared/messages.examples'
import type { Member } from '@conclave/shared/members'
import type { Message, MessagePage } from '@conclave/shared/messages'
import type { Person } from '@conclave/shared/people'
import { general } from '@conclave/shared/rooms.examples'
import type { Room, Rooms } from '@conclave/shared/rooms'

export const DESIGN = '01900000-0000-7000-8000-000000000003'

/** General after its first message, which I have read. */
export function room(overrides: Partial<Room> = {}): Room {
  return { ...general, lastSeq: 1, readSeq: 1, rev: 1, epoch: 3, ...overrides }
}

/** My rooms as they were fetched. */
export function roomsAt(rev: number, ...rooms: Room[]): Rooms {
  return { rooms, rev, epoch: 1, teamEpoch: 2, teamRev: 7 }
}

/** A message of Bob's in General that was posted as its seqth change. */
export function message(seq: number, overrides: Partial<Message> = {}): Message {
  return messageAt(seq, seq, { text: `message ${seq}`, authorId: BOB, ...overrides })
}

/** All of a room's messages. */
export function page(...messages: Message[]): MessagePage {
  const rev = Math.max(0, ...messages.map(({ rev }) => rev))
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
  return { personId, role: 'member', joinedAt: NOON }
}
