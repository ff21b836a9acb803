import type { NamedRoom } from '../features/rooms/RoomOrderProvider.tsx'
import type { Kept } from '../session/kept.ts'

const NAME = 'last-room'

export function rememberRoom(browser: Kept, roomId: string): void {
  // If the storage is full or refused, the next start opens General.
  browser.write(NAME, roomId)
}

/** Where to begin: the room I was in last, else General, else the first there is. */
export function firstRoom(browser: Kept, rooms: readonly NamedRoom[]): NamedRoom | undefined {
  const last = browser.read(NAME)
  return (
    rooms.find(({ id }) => id === last) ??
    rooms.find(({ kind, name }) => kind === 'open' && name === 'General') ??
    rooms[0]
  )
}
