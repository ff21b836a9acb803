import type { Channel } from '@conclave/shared/channels'
import type { Call } from '@conclave/shared/client'
import { ALICE, NOON } from '@conclave/shared/examples'
import type { Sha256 } from '@conclave/shared/hashes'
import type { Person } from '@conclave/shared/people'
import { knownOf, LOOK_DIGITS } from '@conclave/shared/rooms.look'
import type { Look, Room } from '@conclave/shared/rooms'
import type { Arrival } from './replica.ts'
import { bucketsOf, idAt, person, room, withCounts } from './replica.examples.ts'

const DIGEST_CHARS = 16

/** The state of a server as far as looks and people are about it, for Alice. */
interface TeamState {
  rev: number
  epoch: number
  teamEpoch: number
  teamRev: number
  rooms: Map<string, Room>
  people: Map<string, Person>
  /** At which revision of the team each person changed last. */
  changedAt: Map<string, number>
}

/** The part of the api that looks and asks for people, and the events of what happens there. */
export function teamServer(size: { people: number; rooms: number }, sha256: Sha256) {
  const state = stateOf(size)
  const requests: string[] = []
  const options = {
    /** The most buckets of a look, and the most people of an answer of changes. */
    bucketsMax: LOOK_DIGITS.length,
    changesMax: 200,
    /** Happens once, between an answer and its arrival. */
    during: undefined as (() => void) | undefined,
    isAway: false,
  }

  async function look({ rev, known = '' }: Record<string, string>): Promise<Look> {
    const rooms = [...state.rooms.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1))
    const digests = await knownOf(rooms, sha256)
    const all = bucketsOf(rooms).filter(
      (_, nth) =>
        rev !== String(state.rev) ||
        digests.slice(nth * DIGEST_CHARS, (nth + 1) * DIGEST_CHARS) !==
          known.slice(nth * DIGEST_CHARS, (nth + 1) * DIGEST_CHARS),
    )
    const { epoch, teamEpoch, teamRev } = state
    const buckets = all.slice(0, options.bucketsMax)
    return { rev: state.rev, epoch, teamEpoch, teamRev, buckets, more: buckets.length < all.length }
  }

  function changes(after: number) {
    const { teamRev: rev } = state
    const ids = [...state.changedAt].flatMap(([id, at]) => (at > after ? [id] : []))
    if (after > rev || ids.length > options.changesMax) return { reset: true, rev }
    return { reset: false, rev, people: peopleOf(ids) }
  }

  function peopleOf(ids: readonly string[]): Person[] {
    return ids.flatMap((id) => state.people.get(id) ?? [])
  }

  async function answer(path: string, params: { roomId?: string }, query: Record<string, string>) {
    switch (path) {
      case '/v1/look':
        return look(query)
      case '/v1/people/changes':
        return changes(Number(query['after']))
      case '/v1/people/by-id':
        return { people: peopleOf((query['ids'] ?? '').split(',')), rev: state.teamRev }
      case '/v1/rooms/:roomId':
        return state.rooms.get(params.roomId ?? '')
      default:
        throw new Error(`${path} was not expected`)
    }
  }

  const call = async (
    { path }: { path: string },
    { params = {}, query = {} }: Record<string, Record<string, string>>,
  ) => {
    requests.push(path)
    if (options.isAway) throw new TypeError('Failed to fetch')
    // Copied, as an answer is: what happens afterwards is not in it.
    const answered = sent(await answer(path, params, query))
    const happen = options.during
    options.during = undefined
    happen?.()
    return answered
  }

  return { state, requests, options, call: call as unknown as Call, happen: happenings(state) }
}

function stateOf(size: { people: number; rooms: number }): TeamState {
  return {
    rev: 5,
    epoch: 1,
    teamEpoch: 2,
    teamRev: 7,
    rooms: new Map(roomIds(size.rooms).map((id) => [id, room({ id })])),
    people: new Map(personIds(size.people).map((id, n) => [id, person(id, `Person ${n}`)])),
    changedAt: new Map(),
  }
}

/** The ids of so many rooms; their last digits differ, as they do in true ids. */
export function roomIds(count: number): string[] {
  return Array.from({ length: count }, (_, n) => idAt(n))
}

/** Alice and others. */
export function personIds(count: number): string[] {
  return [ALICE, ...Array.from({ length: count - 1 }, (_, n) => idAt(1_000_000 + n))]
}

/** Changes on the server; each returns the event that tells of it. */
function happenings(state: TeamState) {
  return { ...inRooms(state), ...toMe(state), ...inTheTeam(state) }
}

function inRooms(state: TeamState) {
  const tell = (roomId: string, type: string, dataAt: (room: Room) => unknown): Arrival => {
    const { epoch, rev, ...now } = change(state, roomId, { rev: state.rooms.get(roomId)!.rev + 1 })
    const channel: Channel = { kind: 'room', roomId, epoch }
    const data = dataAt({ epoch, rev, ...now })
    return { channel, wire: envelope({ room: roomId, epoch }, rev, type, data) }
  }
  return {
    said: (roomId: string) =>
      tell(roomId, 'message.posted', ({ rev, lastSeq }) => {
        change(state, roomId, { lastSeq: lastSeq + 1 })
        return messageOf(roomId, lastSeq + 1, rev)
      }),
    memberJoined: (roomId: string) =>
      tell(roomId, 'member.joined', ({ rev, memberCount }) => {
        change(state, roomId, { memberCount: memberCount + 1, membersRev: rev })
        return { personId: idAt(999), role: 'member', joinedAt: NOON }
      }),
  }
}

function toMe(state: TeamState) {
  const onMine = (type: string, data: unknown): Arrival => {
    const { epoch, rev } = state
    const channel: Channel = { kind: 'person', personId: ALICE, epoch }
    return { channel, wire: envelope({ person: ALICE, epoch }, rev, type, data) }
  }
  const tell = (type: string, data: unknown): Arrival => {
    state.rev += 1
    return onMine(type, data)
  }
  return {
    read: (roomId: string) => {
      const { lastSeq: readSeq } = state.rooms.get(roomId)!
      change(state, roomId, { readSeq })
      return tell('read.moved', { roomId, readSeq })
    },
    joined: (roomId: string) => {
      state.rooms.set(roomId, room({ id: roomId }))
      return tell('room.joined', state.rooms.get(roomId))
    },
    left: (roomId: string) => {
      state.rooms.delete(roomId)
      return tell('room.left', { roomId })
    },
    rekeyed: (roomId: string) => {
      const { epoch } = change(state, roomId, { epoch: state.rooms.get(roomId)!.epoch + 1 })
      return tell('rekeyed', { rooms: [{ roomId, epoch }], team: null })
    },
    /** A hint of these rooms as they are now. */
    hinted: (...roomIds: string[]) =>
      onMine('rooms.moved', { rooms: roomIds.map((id) => state.rooms.get(id)) }),
  }
}

function inTheTeam(state: TeamState) {
  const tell = (type: string, people: readonly Person[], data: unknown): Arrival => {
    state.teamRev += 1
    for (const one of people) {
      state.people.set(one.id, one)
      state.changedAt.set(one.id, state.teamRev)
    }
    const { teamEpoch: epoch, teamRev } = state
    return {
      channel: { kind: 'team', epoch },
      wire: envelope({ team: true, epoch }, teamRev, type, data),
    }
  }
  return {
    renamed: (id: string, name: string) => {
      const renamed = { ...state.people.get(id)!, name }
      return tell('person.updated', [renamed], renamed)
    },
    cameAndWent: (came: string, went: string) => {
      const online = { ...state.people.get(came)!, online: true }
      const offline = { ...state.people.get(went)!, online: false }
      return tell('presence.updated', [online, offline], { online: [came], offline: [went] })
    },
  }
}

function change({ rooms }: TeamState, roomId: string, fields: Partial<Room>): Room {
  const changed = withCounts({ ...rooms.get(roomId)!, ...fields })
  rooms.set(roomId, changed)
  return changed
}

function envelope(place: object, rev: number, type: string, data: unknown) {
  return { v: 1, ...place, rev, type, at: NOON, data: sent(data) }
}

function messageOf(roomId: string, seq: number, rev: number) {
  const authorId = idAt(998)
  return { id: idAt(5_000_000 + rev), roomId, seq, rev, authorId, text: 'said', createdAt: NOON }
}

/** As it arrives at the other end: what happens to the original afterwards is not in it. */
function sent(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
