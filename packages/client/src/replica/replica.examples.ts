import { BOB, NOON } from '@conclave/shared/examples'
import { messageAt } from '@conclave/shared/messages.examples'
import type { Member } from '@conclave/shared/members'
import type { Message, MessagePage } from '@conclave/shared/messages'
import type { Person } from '@conclave/shared/people'
import type { HeldPeople } from '@conclave/shared/people.fold'
import { general } from '@conclave/shared/rooms.examples'
import { isInBucket, LOOK_DIGITS } from '@conclave/shared/rooms.look'
import type { Look, Room, Rooms } from '@conclave/shared/rooms'
import { runsWithout, UNREAD_LOOKED_AT } from '@conclave/shared/unread'

export const DESIGN = '01900000-0000-7000-8000-000000000003'

/** General after its first message, which I have read. */
export function room(overrides: Partial<Room> = {}): Room {
  return withCounts({ ...general, lastSeq: 1, readSeq: 1, rev: 1, epoch: 3, ...overrides })
}

/** A room in which others have said everything after what I have read, and have not mentioned me. */
export function withCounts(room: Room): Room {
  const { readSeq, lastSeq } = room
  const upTo = Math.min(readSeq + UNREAD_LOOKED_AT, lastSeq)
  return {
    ...room,
    unread: { runs: runsWithout(readSeq + 1, upTo, []), upTo },
    mentions: { seqs: [], upTo: lastSeq },
  }
}

/** My rooms as they were fetched. */
export function roomsAt(rev: number, ...rooms: Room[]): Rooms {
  return { rooms, rev, epoch: 1, teamEpoch: 2, teamRev: 7 }
}

/** The same as the answer to a look that has all of them. */
export function lookAt(rev: number, ...rooms: Room[]): Look {
  const { rooms: _, ...rest } = roomsAt(rev)
  return { ...rest, more: false, buckets: bucketsOf(rooms) }
}

/** All sixteen buckets of rooms. */
export function bucketsOf(rooms: readonly Room[]): { digit: string; rooms: Room[] }[] {
  return LOOK_DIGITS.map((digit) => ({
    digit,
    rooms: rooms.filter((room) => isInBucket(room, digit)),
  }))
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

/** An id of the nth of many; its last digits differ, as they do in true ids. */
export function idAt(n: number): string {
  return `01900000-0000-7000-9000-${n.toString(16).padStart(12, '0')}`
}

/** These people, held at this revision of the team. */
export function heldAt(rev: number, ...people: Person[]): HeldPeople {
  return { rev, listsRev: rev, byId: new Map(people.map((person) => [person.id, { person, rev }])) }
}

export function member(personId: string): Member {
  return { personId, role: 'member', joinedAt: NOON }
}
