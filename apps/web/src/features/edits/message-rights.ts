import type { Message } from '@conclave/shared/messages'
import type { Me } from '@conclave/shared/people'
import type { WorkspaceSettings } from '@conclave/shared/workspace'
import type { RoomInfo } from '../rooms/rooms.queries.ts'

const MINUTE_MS = 60_000

interface Of {
  me: Pick<Me, 'id' | 'role'>
  room: Pick<RoomInfo, 'kind' | 'role' | 'archived'>
}

/** Whether to offer it; the api checks the same for itself, by its own clock. */
export function mayEdit(
  { authorId, removed, line, createdAt }: Message,
  { me, room, settings, now }: Of & { settings: WorkspaceSettings | undefined; now: number },
): boolean {
  if (authorId !== me.id || removed || line || room.archived) return false
  // Until it is known, the server says whether it is too late.
  const minutes = settings?.editWindowMinutes ?? null
  return minutes === null || now < Date.parse(createdAt) + minutes * MINUTE_MS
}

export function mayRemove({ authorId, removed, line }: Message, { me, room }: Of): boolean {
  if (removed || line) return false
  if (authorId === me.id) return true
  // An owner or admin of the workspace has an owner's rights in every room they are in.
  return room.kind !== 'direct' && (me.role !== 'member' || room.role !== 'member')
}
