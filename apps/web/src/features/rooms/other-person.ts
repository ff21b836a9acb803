import type { Room } from '@conclave/shared/rooms'

/** The id of the other person in a direct room of two; undefined for any other room. */
export function otherPerson(
  room: Pick<Room, 'kind' | 'people'>,
  myId: string | undefined,
): string | undefined {
  const shown = peopleShown(room, myId)
  return shown.length === 1 ? shown[0] : undefined
}

/** The people whom a direct room is named after: the others, or me where there are none. */
export function peopleShown(
  { kind, people }: Pick<Room, 'kind' | 'people'>,
  myId: string | undefined,
): readonly string[] {
  if (kind !== 'direct') return NOBODY
  const others = people.filter((id) => id !== myId)
  return others.length === 0 ? people : others
}

const NOBODY: readonly string[] = []
