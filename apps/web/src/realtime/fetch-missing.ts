import { ProblemError } from '@conclave/shared/client'
import { everyPerson, everyRoom } from '@conclave/shared/pages'
import { listPeople, type People } from '@conclave/shared/people'
import { listRooms, type Rooms } from '@conclave/shared/rooms'
import type { QueryClient } from '@tanstack/react-query'
import { newerPeople } from '../features/people/newer-people.ts'
import { PEOPLE_KEY } from '../features/people/people.keys.ts'
import { newerRooms } from '../features/rooms/newer-rooms.ts'
import { ROOMS_KEY } from '../features/rooms/rooms.keys.ts'
import type { Call } from '../server/call.ts'
import { roomsBehind, roomsToCompare } from './behind.ts'
import type { Place } from './catch-up.ts'
import { createFetchChanges } from './fetch-changes.ts'
import { fetchRoom } from './fetch-room.ts'
import { forgetOtherRooms } from './forget-rooms.ts'
import { roomsUnlessAhead, unlessAhead } from './history-wins.ts'

/** Fetches what the cache is missing of these places; rejects when any of it could not be fetched. */
export function createFetchMissing(options: {
  call: Call
  queryClient: QueryClient
}): (places: ReadonlySet<Place>) => Promise<void> {
  const { call, queryClient } = options
  const fetchChanges = createFetchChanges(options)

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
    const loaded = places.has('loaded')
      ? new Set([...roomsBehind(queryClient), ...roomsToCompare(queryClient)])
      : new Set<string>()
    for (const roomId of asked) loaded.delete(roomId)
    await Promise.all([
      ...asked.map((roomId) => unlessGone(fetchRoomAndChanges(roomId))),
      ...Array.from(loaded, (roomId) => unlessGone(fetchChanges(roomId))),
    ])
  }

  /** Whatever could not be loaded at all while there was no connection; each shows its own outcome. */
  function retryFailed(): void {
    void queryClient.refetchQueries({ predicate: ({ state }) => state.status === 'error' })
  }

  async function fetchRooms(): Promise<void> {
    const asked = queryClient.getQueryData<Rooms>(ROOMS_KEY)
    const fetched = await everyRoom((query) => call(listRooms, { query }))
    queryClient.setQueryData<Rooms>(ROOMS_KEY, (held) =>
      newerRooms(roomsUnlessAhead(held, { asked, fetched }), fetched),
    )
    forgetOtherRooms(queryClient)
  }

  async function fetchPeople(): Promise<void> {
    const asked = queryClient.getQueryData<People>(PEOPLE_KEY)
    const fetched = await everyPerson((query) => call(listPeople, { query }))
    queryClient.setQueryData<People>(PEOPLE_KEY, (held) =>
      newerPeople(unlessAhead(held, { asked, fetched }), fetched),
    )
  }

  async function fetchRoomAndChanges(roomId: string): Promise<void> {
    await Promise.all([fetchRoom(options, roomId), fetchChanges(roomId)])
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
