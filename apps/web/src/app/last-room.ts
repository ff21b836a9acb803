import type { Room } from '@conclave/shared/rooms'

const KEY = 'conclave.last-room'

export function rememberRoom(roomId: string): void {
  try {
    localStorage.setItem(KEY, roomId)
  } catch {
    // Storage is refused: the next start opens General.
  }
}

/** Where to begin: the room I was in, else General, else whatever there is. */
export function firstRoom(rooms: readonly Room[]): Room | undefined {
  const last = readLastRoom()
  return (
    rooms.find(({ id }) => id === last) ??
    rooms.find(({ kind, name }) => kind === 'open' && name === 'General') ??
    rooms[0]
  )
}

function readLastRoom(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}
