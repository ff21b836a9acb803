import type { Room } from '@conclave/shared/rooms'
import { createContext, use, useMemo, useState, type ReactNode } from 'react'
import { useMyId } from '../people/MeProvider.tsx'
import { useNamesOf } from '../people/people.queries.ts'
import { peopleShown } from './other-person.ts'
import { createNameablesOf, type NameableRoom } from './nameable-rooms.ts'
import { compareNames, roomName } from './room-name.ts'
import { useOfRooms } from './rooms.queries.ts'

/** A room and the name that I see. */
export interface NamedRoom {
  id: string
  kind: Room['kind']
  name: string
}

interface RoomOrder {
  /** My rooms by name; the same list until a room comes, goes or is renamed. */
  rooms: readonly NamedRoom[]
  isLoading: boolean
  error: Error | null
}

const RoomOrderContext = createContext<RoomOrder>({ rooms: [], isLoading: true, error: null })
const NONE: readonly NameableRoom[] = []

/** Names and sorts my rooms, once for the whole page. */
export function RoomOrderProvider({ children }: { children: ReactNode }) {
  const myId = useMyId()
  const [nameablesOf] = useState(createNameablesOf)
  const { data: nameables = NONE, isLoading, error } = useOfRooms(nameablesOf)
  const shown = useMemo(
    () => [...new Set(nameables.flatMap((room) => peopleShown(room, myId)))],
    [nameables, myId],
  )
  const nameOf = useNamesOf(shown)
  const rooms = useMemo(
    () =>
      nameables
        .map((room) => ({ id: room.id, kind: room.kind, name: roomName(room, myId, nameOf) }))
        .toSorted((a, b) => compareNames(a.name, b.name) || (a.id < b.id ? -1 : 1)),
    [nameables, myId, nameOf],
  )
  const order = useMemo(() => ({ rooms, isLoading, error }), [rooms, isLoading, error])
  return <RoomOrderContext value={order}>{children}</RoomOrderContext>
}

export function useRoomOrder(): RoomOrder {
  return use(RoomOrderContext)
}
