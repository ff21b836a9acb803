import type { Room } from '@conclave/shared/rooms'
import { findRoom } from '@conclave/shared/rooms.order'
import { useEffect, useState } from 'react'
import { useOfRooms, useRoomNow } from './rooms.queries.ts'

/**
 * What was read when the room was opened, or when its position was set back since: the "New" line shows where. `follow` is
 * called when the position was set to the end: nothing has to wait there until the reader scrolls.
 */
export function useVisit(roomId: string, follow: () => void): ReadAt {
  const roomNow = useRoomNow()
  const { data: version } = useOfRooms((rooms) => findRoom(rooms, roomId)?.readVersion ?? 0)
  const [visit, setVisit] = useState(() => ({ ...readOf(roomNow(roomId)), version }))
  const now = readOf(roomNow(roomId))
  const isSetBack = now.readSeq < now.lastSeq
  if (version !== visit.version) setVisit({ ...(isSetBack ? now : visit), version })
  useEffect(() => {
    const { readSeq, lastSeq } = readOf(roomNow(roomId))
    if (readSeq >= lastSeq) follow()
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- Only when it was set.
  }, [version])
  return visit
}

interface ReadAt {
  readSeq: number
  lastSeq: number
  /** How many messages there were to be read, where the list of rooms knows that. */
  unread: number | undefined
}

function readOf(room: Room | undefined): ReadAt {
  const { readSeq = 0, lastSeq = 0, unread } = room ?? {}
  const isKnown = unread !== undefined && unread.upTo >= lastSeq
  const count = unread?.runs.reduce((sum, [from, to]) => sum + to - from + 1, 0)
  return { readSeq, lastSeq, unread: isKnown ? count : undefined }
}
