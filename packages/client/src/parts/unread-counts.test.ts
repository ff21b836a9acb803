import { follow, type PersonEvent, type RoomEvent } from '@conclave/shared/events'
import { ALICE, BOB, GENERAL, NOON } from '@conclave/shared/examples'
import { messageAt } from '@conclave/shared/messages.examples'
import type { Message } from '@conclave/shared/messages'
import { general } from '@conclave/shared/rooms.examples'
import { foldRoom, foldRooms } from '@conclave/shared/rooms.fold'
import type { Room, Rooms } from '@conclave/shared/rooms'
import {
  isComplete,
  isUnknown,
  MENTIONS_LISTED,
  runsWithout,
  UNREAD_LOOKED_AT,
  withRead,
} from '@conclave/shared/unread'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { newerRooms } from './merge-rooms.ts'

const RUNS = 500

/** What happens, with numbers that choose whom and what. */
type Step = readonly [kind: (typeof KINDS)[number], first: number, second: number]
const KINDS = [
  'post',
  'post',
  'post mine',
  'burst',
  'line',
  'remove',
  'mention',
  'member',
  'publish',
  'receive',
  'receive',
  'receive mine',
  'lose',
  'lose mine',
  'read',
  'send',
  'set',
  'rejoin',
  'leave',
  'come back',
  'come back',
  'ask',
  'answer',
  'hint',
] as const

interface Envelope<Event> {
  event: Event
  rev: number
}

/** A room of Alice's on the server, and what tells of it. */
function roomServer() {
  const messages: Message[] = []
  const log: { rev: number; seq?: number; event?: RoomEvent }[] = []
  const devices = [device(), device()]
  let [rev, personRev, memberCount, membersRev] = [0, 0, 2, 0]
  let position = { readSeq: 0, readVersion: 0 }
  let isIn = true
  for (const one of devices) one.list = fetched()

  /** By brute force, what a query answers. */
  function room(): Room {
    const lastSeq = messages.length
    const after = messages.filter(({ seq }) => seq > position.readSeq)
    const first = after.find((message) => counts(message))
    const readSeq = first ? first.seq - 1 : lastSeq
    const upTo = Math.min(readSeq + UNREAD_LOOKED_AT, lastSeq)
    const passed = after.filter((message) => !counts(message)).map(({ seq }) => seq)
    const mentioning = after.filter((message) => mentionsMe(message)).map(({ seq }) => seq)
    const seqs = mentioning.slice(0, MENTIONS_LISTED)
    return {
      ...general,
      lastSeq,
      readSeq,
      readVersion: position.readVersion,
      unread: { runs: runsWithout(readSeq + 1, upTo, passed), upTo },
      mentions: { seqs, upTo: seqs[MENTIONS_LISTED - 1] ?? lastSeq },
      rev,
      memberCount,
      membersRev,
    }
  }

  function fetched(): Rooms {
    return structuredClone({
      rooms: isIn ? [room()] : [],
      rev: personRev,
      epoch: 1,
      teamEpoch: 1,
      teamRev: 1,
    })
  }

  function post(more: Partial<Message>): void {
    rev += 1
    const seq = messages.length + 1
    messages.push(messageAt(seq, rev, { authorId: BOB, ...more }))
    log.push({ rev, seq })
  }

  function change(message: Message | undefined, more: Partial<Message>): void {
    if (!message || message.removed || message.line) return
    rev += 1
    Object.assign(message, { rev, ...more })
    for (const field of ['mentions', 'notifies'] as const)
      if (message[field] === undefined) delete message[field]
    log.push({ rev, seq: message.seq })
  }

  function tellMe(event: PersonEvent): void {
    personRev += 1
    for (const one of devices) one.mine.push({ event: structuredClone(event), rev: personRev })
  }

  /** As the log is read: the state of now, or none if there is a later revision of it. */
  function publish(): void {
    const next = log.shift()
    if (!next) return
    const message = next.seq === undefined ? undefined : messages[next.seq - 1]
    const type = log.length > 0 || message?.rev === next.rev ? 'message.changed' : 'message.posted'
    const event: RoomEvent =
      next.event ??
      (message?.rev === next.rev
        ? { type, data: message }
        : { type: 'message.superseded', data: {} })
    for (const one of devices) one.room.push({ event: structuredClone(event), rev: next.rev })
  }

  return {
    devices,
    messages,
    room,
    fetched,
    post,
    change,
    publish,
    isPublished: () => log.length === 0,
    member: () => {
      rev += 1
      memberCount += 1
      membersRev = rev
      const member = { personId: BOB, role: 'member', joinedAt: NOON } as const
      log.push({ rev, event: { type: 'member.joined', data: member } })
    },
    moveRead: (seq: number, version: number) => {
      if (!isIn || version < position.readVersion || seq <= position.readSeq) return
      position.readSeq = Math.min(seq, messages.length)
      const { readSeq } = room()
      const { readVersion } = position
      tellMe({ type: 'read.moved', data: { roomId: GENERAL, readSeq, readVersion } })
    },
    setRead: (seq: number) => {
      if (!isIn) return
      position = { readSeq: Math.min(seq, messages.length), readVersion: personRev + 1 }
      const { readSeq } = room()
      const { readVersion } = position
      tellMe({ type: 'reads.set', data: { rooms: [{ roomId: GENERAL, readSeq, readVersion }] } })
    },
    isIn: () => isIn,
    leave: () => {
      if (isIn) tellMe({ type: 'room.left', data: { roomId: GENERAL } })
      isIn = false
    },
    comeBack: () => {
      if (isIn) return
      isIn = true
      position = { readSeq: messages.length, readVersion: personRev }
      tellMe({ type: 'room.joined', data: room() })
    },
  }
}

/** A client's list of one room, what is on its way to it, and what it has not sent yet. */
function device() {
  return {
    list: undefined as unknown as Rooms,
    room: [] as Envelope<RoomEvent>[],
    mine: [] as Envelope<PersonEvent>[],
    answers: [] as Rooms[],
    unsent: [] as { seq: number; version: number }[],
  }
}

type Device = ReturnType<typeof device>
type Server = ReturnType<typeof roomServer>

/** Looks, and merges the answer as if nothing had happened meanwhile. */
function look(server: Server, one: Device): void {
  one.list = newerRooms(one.list, server.fetched())
}

function receive(server: Server, one: Device): void {
  const next = one.room.shift()
  const room = one.list.rooms[0]
  if (!next || !room) return
  const is = follow(room.rev, next.rev)
  const { event } = next
  if (is === 'duplicate') return
  if (is === 'gap' || ('seq' in event.data && event.data.seq > room.lastSeq + 1))
    return look(server, one)
  one.list = { ...one.list, rooms: [foldRoom(room, event, next.rev, ALICE)] }
}

function receiveMine(server: Server, one: Device): void {
  const next = one.mine.shift()
  if (!next) return
  const is = follow(one.list.rev, next.rev)
  if (is === 'gap') look(server, one)
  if (is === 'next') one.list = foldRooms(one.list, next.event, next.rev)
}

function send(server: Server, one: Device): void {
  const next = one.unsent.shift()
  if (next) server.moveRead(next.seq, next.version)
}

/** Shows a position as read at once, and sends it later. */
function read(one: Device, by: number): void {
  const [room] = one.list.rooms
  if (!room) return
  const { readVersion: version = 0 } = room
  const seq = Math.min(room.lastSeq, room.readSeq + 1 + by)
  one.list = { ...one.list, rooms: [withRead(room, { readSeq: seq, readVersion: version })] }
  one.unsent.push({ seq, version })
}

function happen(server: Server, [kind, first, second]: Step): void {
  const { messages, devices } = server
  const one = devices[first % 2]!
  const some = messages[second % Math.max(1, messages.length)]
  switch (kind) {
    case 'post':
      return server.post(second % 5 === 0 ? { mentions: [ALICE] } : {})
    case 'post mine':
      return server.post({ authorId: ALICE, ...(first % 2 ? { notifies: 'room' as const } : {}) })
    case 'burst':
      for (let nth = 0; nth < 10 + second; nth++)
        server.post(first % 2 ? { notifies: 'room' } : nth % 3 ? {} : { authorId: ALICE })
      return
    case 'line':
      return server.post({ text: '', line: { kind: 'joined' } })
    case 'remove':
      // The first unread one, often: that is where the position moves.
      return server.change(first % 2 ? messages[server.room().readSeq] : some, {
        text: '',
        removed: { at: NOON, by: 'author' },
        mentions: undefined,
        notifies: undefined,
      } as unknown as Partial<Message>)
    case 'mention':
      return server.change(some, {
        mentions: first % 2 ? [ALICE] : undefined,
      } as unknown as Partial<Message>)
    case 'member':
      return server.member()
    case 'publish':
      for (let nth = 0; nth <= second; nth++) server.publish()
      return
    case 'receive':
      for (let nth = 0; nth <= second; nth++) receive(server, one)
      return
    case 'receive mine':
      return receiveMine(server, one)
    case 'lose':
      return void one.room.shift()
    case 'lose mine':
      return void one.mine.shift()
    case 'read':
      return read(one, second)
    case 'send':
      return send(server, one)
    case 'set':
      return server.setRead(second)
    case 'rejoin':
      server.leave()
      return server.comeBack()
    case 'leave':
      return server.leave()
    case 'come back':
      return server.comeBack()
    case 'ask':
      return void one.answers.push(server.fetched())
    case 'answer': {
      const answer = one.answers.shift()
      if (answer) one.list = newerRooms(one.list, answer)
      return
    }
    case 'hint': {
      const [room] = one.list.rooms
      // Nobody is told of a room that they are not in.
      if (room && server.isIn())
        one.list = { ...one.list, rooms: newerRooms(one.list, server.fetched()).rooms }
    }
  }
}

/** Everything arrives that is on its way, and nothing else happens. */
function settle(server: Server): void {
  for (const one of server.devices) while (one.unsent.length > 0) send(server, one)
  while (!server.isPublished()) server.publish()
  for (const one of server.devices) {
    for (const answer of one.answers.splice(0)) one.list = newerRooms(one.list, answer)
    while (one.mine.length > 0) receiveMine(server, one)
    while (one.room.length > 0) receive(server, one)
    // What was lost shows with the next look.
    const [mine] = one.list.rooms
    if (!mine || mine.rev < server.room().rev || one.list.rev < server.fetched().rev)
      look(server, one)
  }
}

const steps = fc.array(
  fc.tuple(fc.constantFrom(...KINDS), fc.nat({ max: 9 }), fc.nat({ max: 60 })),
  { maxLength: 60 },
)

test('E9: after any interleaving, each of two devices counts exactly the messages that are there to be read', () => {
  fc.assert(
    fc.property(steps, (happening: readonly Step[]) => {
      const server = roomServer()
      for (const step of happening) happen(server, step)
      settle(server)
      const room = server.room()
      const toRead = server.messages.filter(
        (message) => message.seq > room.readSeq && counts(message),
      )
      expect(room.lastSeq > room.readSeq).toBe(toRead.length > 0)
      for (const one of server.devices) {
        // A room that she has left has no badge, however much is said in it.
        if (!server.isIn()) {
          expect(one.list.rooms).toEqual([])
          continue
        }
        const [mine] = one.list.rooms as [Room]
        // Only where nothing is known is there no badge to be wrong.
        if (isUnknown(mine)) expect(isComplete(mine)).toBe(false)
        else expect(badgeOf(mine)).toEqual(badgeOf(room))
        if (isAllLookedAt(server, happening)) expect(isComplete(mine)).toBe(true)
        if (!isComplete(mine)) look(server, one)
        expect(one.list.rooms).toEqual([room])
      }
    }),
    { numRuns: RUNS },
  )
})

/** Whether folding alone has to know everything. */
function isAllLookedAt({ messages }: Server, happening: readonly Step[]): boolean {
  if (happening.some(([kind]) => kind === 'set')) return false
  return messages.length <= UNREAD_LOOKED_AT && messages.filter(mentionsMe).length < MENTIONS_LISTED
}

function counts({ authorId, removed, line }: Message): boolean {
  return authorId === BOB && removed === undefined && line === undefined
}

function mentionsMe(message: Message): boolean {
  return counts(message) && (message.notifies !== undefined || message.mentions !== undefined)
}

function badgeOf({ readSeq, lastSeq, mentions }: Room) {
  return { readSeq, isUnread: lastSeq > readSeq, isMentioned: mentions!.seqs.length > 0 }
}
