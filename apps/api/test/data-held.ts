import {
  type Envelope,
  follow,
  type PersonEvent,
  type RoomEvent,
  type TeamEvent,
} from '@conclave/shared/events'
import { listMembers, type Members } from '@conclave/shared/members'
import { catchUpMembers, foldMembers } from '@conclave/shared/members.fold'
import { listChanges, listMessages, type MessagePage } from '@conclave/shared/messages'
import { catchUpMessages, foldMessages } from '@conclave/shared/messages.fold'
import { everyMember, everyPerson, everyRoom } from '@conclave/shared/pages'
import { listPeople, type People } from '@conclave/shared/people'
import { foldPeople } from '@conclave/shared/people.fold'
import { listRooms, type Rooms } from '@conclave/shared/rooms'
import { foldRoom, foldRooms } from '@conclave/shared/rooms.fold'
import type { Colleague } from './data-people.ts'

/** Everything a client keeps of what the api has answered it. */
export interface Held {
  rooms: Rooms
  people: People
  loaded: Record<string, { page: MessagePage; members: Members }>
}

/** The lists, and everything of these rooms as far as they are this person's. */
export async function fetchHeld({ call }: Colleague, roomIds: string[]): Promise<Held> {
  const rooms = await everyRoom((query) => call(listRooms, { query }))
  const loaded: Held['loaded'] = {}
  for (const { id } of rooms.rooms.filter((room) => roomIds.includes(room.id))) {
    const params = { roomId: id }
    loaded[id] = {
      page: await call(listMessages, { params, query: { limit: '100' } }),
      members: await everyMember((query) => call(listMembers, { params, query })),
    }
  }
  const people = await everyPerson((query) => call(listPeople, { query }))
  return { rooms, people, loaded }
}

/** What is held of rooms, after asking what was missed of each; of those that are not this person's any more, nothing. */
export async function catchUpHeld(
  { call }: Colleague,
  loaded: Held['loaded'],
  rooms: Rooms,
): Promise<Held['loaded']> {
  const mine = rooms.rooms.flatMap(({ id }) => (loaded[id] ? [{ id, held: loaded[id] }] : []))
  const caughtUp = mine.map(async ({ id, held }) => {
    const after = String(Math.min(held.page.rev, held.members.rev))
    const changes = await call(listChanges, { params: { roomId: id }, query: { after } })
    const page = catchUpMessages(held.page, changes)
    const members = catchUpMembers(held.members, changes)
    if (!page || !members) throw new Error('More was missed than is answered')
    return [id, { page, members }] as const
  })
  return Object.fromEntries(await Promise.all(caughtUp))
}

/** The same after what was published since, as it reaches this person. */
export function foldHeld(held: Held, personId: string, envelopes: Envelope[]): Held {
  return envelopes.reduce((state, envelope) => foldOne(state, personId, envelope), held)
}

function foldOne(held: Held, personId: string, envelope: Envelope): Held {
  const { rev, type, data } = envelope
  const event: unknown = { type, data }
  if ('room' in envelope)
    return foldIntoRoom(held, personId, envelope.room, event as RoomEvent, rev)
  if ('team' in envelope) {
    const people = step(held.people, rev, (state) => foldPeople(state, event as TeamEvent, rev))
    return { ...held, people }
  }
  if (envelope.person !== personId) return held
  const rooms = step(held.rooms, rev, (state) => foldRooms(state, event as PersonEvent, rev))
  const mine = new Set(rooms.rooms.map(({ id }) => id))
  const loaded = Object.fromEntries(Object.entries(held.loaded).filter(([id]) => mine.has(id)))
  return { ...held, rooms, loaded }
}

function foldIntoRoom(
  held: Held,
  personId: string,
  roomId: string,
  event: RoomEvent,
  rev: number,
): Held {
  const rooms = held.rooms.rooms.map((room) =>
    room.id === roomId ? step(room, rev, (state) => foldRoom(state, event, rev, personId)) : room,
  )
  const inside = held.loaded[roomId]
  if (!inside) return { ...held, rooms: { ...held.rooms, rooms } }
  const page = step(inside.page, rev, (state) => foldMessages(state, event, rev))
  const members = step(inside.members, rev, (state) => foldMembers(state, event, rev))
  const loaded = { ...held.loaded, [roomId]: { page, members } }
  return { ...held, rooms: { ...held.rooms, rooms }, loaded }
}

/** Exactly next or held already: a gap would send a client back to the server, and prove nothing of its folds. */
function step<State extends { rev: number }>(
  state: State,
  rev: number,
  fold: (state: State) => State,
): State {
  const next = follow(state.rev, rev)
  if (next === 'gap') throw new Error(`Revision ${rev} came after ${state.rev}`)
  return next === 'held' ? state : fold(state)
}
