import { ProblemError } from '@conclave/shared/client'
import { listMembers, type Member, type Members } from '@conclave/shared/members'
import { withMember, withoutMember } from '@conclave/shared/members.fold'
import {
  listChanges,
  listMessages,
  PAGE_SIZE,
  type MessagePage,
  type RoomChanges,
} from '@conclave/shared/messages'
import { catchUpMessages } from '@conclave/shared/messages.fold'
import { listPeople, type People } from '@conclave/shared/people'
import { getRoom, listRooms, type Room, type Rooms } from '@conclave/shared/rooms'
import type { QueryClient } from '@tanstack/react-query'
import { membersKey } from '../features/members/members.keys.ts'
import { ALL_MESSAGES_KEY, messagesKey } from '../features/messages/messages.keys.ts'
import { newerPeople } from '../features/people/newer-people.ts'
import { PEOPLE_KEY } from '../features/people/people.keys.ts'
import { newerRoom, newerRooms } from '../features/rooms/newer-rooms.ts'
import { ROOMS_KEY } from '../features/rooms/rooms.keys.ts'
import type { Call } from '../server/call.ts'
import { loadedRevs, roomsBehind } from './behind.ts'
import type { Place } from './catch-up.ts'
import { forgetRoom } from './forget-room.ts'

/** Fetches what the cache is missing of these places; rejects when any of it could not be fetched. */
export function createFetchMissing(options: {
  call: Call
  queryClient: QueryClient
}): (places: ReadonlySet<Place>) => Promise<void> {
  const { call, queryClient } = options

  return async (places) => {
    // The lists first: they say which rooms fell behind, and under which epoch they are heard.
    await Promise.all([
      places.has('rooms') ? fetchRooms() : undefined,
      places.has('people') ? fetchPeople() : undefined,
    ])
    const asked = [...places]
      .filter((place) => place.startsWith('room:'))
      .map((place) => place.slice(5))
    if (places.has('loaded')) retryFailed()
    const behind = places.has('loaded')
      ? roomsBehind(queryClient).filter((id) => !asked.includes(id))
      : []
    await Promise.all([
      ...asked.map((roomId) => unlessGone(fetchRoom(roomId))),
      ...behind.map((roomId) => unlessGone(fetchChanges(roomId))),
    ])
  }

  /** Whatever could not be loaded at all while there was no connection; each shows its own outcome. */
  function retryFailed(): void {
    void queryClient.refetchQueries({ predicate: ({ state }) => state.status === 'error' })
  }

  async function fetchRooms(): Promise<void> {
    const fetched = await call(listRooms, {})
    const rooms = queryClient.setQueryData<Rooms>(ROOMS_KEY, (held) => newerRooms(held, fetched))
    const mine = new Set(rooms?.rooms.map(({ id }) => id))
    for (const { queryKey } of queryClient
      .getQueryCache()
      .findAll({ queryKey: ALL_MESSAGES_KEY })) {
      const roomId = String(queryKey[1])
      if (!mine.has(roomId)) forgetRoom(queryClient, roomId)
    }
  }

  async function fetchPeople(): Promise<void> {
    const fetched = await call(listPeople, {})
    queryClient.setQueryData<People>(PEOPLE_KEY, (held) => newerPeople(held, fetched))
  }

  async function fetchRoom(roomId: string): Promise<void> {
    const [room] = await Promise.all([call(getRoom, { params: { roomId } }), fetchChanges(roomId)])
    queryClient.setQueryData<Rooms>(ROOMS_KEY, (held) => held && withRoom(held, room))
  }

  async function fetchChanges(roomId: string): Promise<void> {
    const revs = loadedRevs(queryClient, roomId)
    if (revs.length === 0) return
    const after = Math.min(...revs)
    const params = { roomId }
    const changes = await call(listChanges, { params, query: { after: String(after) } })
    // Something older was loaded meanwhile, and these changes begin too late for it.
    if (loadedRevs(queryClient, roomId).some((rev) => rev < after)) return fetchChanges(roomId)
    await Promise.all([applyToPage(roomId, changes), applyToMembers(roomId, changes)])
  }

  async function applyToPage(roomId: string, changes: RoomChanges): Promise<void> {
    const key = messagesKey(roomId)
    const held = queryClient.getQueryData<MessagePage>(key)
    if (!held) return
    const page =
      catchUpMessages(held, changes) ??
      (await call(listMessages, { params: { roomId }, query: { limit: String(PAGE_SIZE) } }))
    queryClient.setQueryData<MessagePage>(key, page)
  }

  async function applyToMembers(roomId: string, changes: RoomChanges): Promise<void> {
    const key = membersKey(roomId)
    const held = queryClient.getQueryData<Members>(key)
    if (!held || held.rev >= changes.rev) return
    const members = changes.reset
      ? await call(listMembers, { params: { roomId } })
      : { rev: changes.rev, members: changedMembers(held.members, changes) }
    queryClient.setQueryData<Members>(key, members)
  }

  /** A room I am no longer in answers like one that never was: what I hold of it goes. */
  async function unlessGone(fetching: Promise<void>): Promise<void> {
    try {
      await fetching
    } catch (error) {
      if (!(error instanceof ProblemError) || error.slug !== 'room-not-found') throw error
      await fetchRooms()
    }
  }
}

function changedMembers(held: Member[], changes: RoomChanges & { reset: false }): Member[] {
  return changes.left.reduce(withoutMember, changes.members.reduce(withMember, held))
}

function withRoom(held: Rooms, room: Room): Rooms {
  const before = held.rooms.find(({ id }) => id === room.id)
  const others = held.rooms.filter(({ id }) => id !== room.id)
  return { ...held, rooms: [...others, newerRoom(before, room)] }
}
