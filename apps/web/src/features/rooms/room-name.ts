import type { Person } from '@conclave/shared/people'
import type { Room } from '@conclave/shared/rooms'
import { isolated } from '../../ui/isolated.ts'

/** The name of a room; a direct room is named after the other people in it. */
export function roomName(room: Room, byId: Map<string, Person>, myId: string | undefined): string {
  if (room.kind !== 'direct') return room.name
  const others = room.people.filter((id) => id !== myId)
  const ids = others.length === 0 ? room.people : others
  const names = ids.map((id) => byId.get(id)?.name ?? 'Someone').toSorted(compareNames)
  return names.map(isolated).join(', ')
}

export function compareNames(a: string, b: string): number {
  return COLLATOR.compare(a, b)
}

const COLLATOR = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })
