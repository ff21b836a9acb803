import { findRoom } from '@conclave/shared/rooms.order'
import { useState, useSyncExternalStore } from 'react'
import { useOfRooms } from '../rooms/rooms.queries.ts'
import type { Pane } from './list-pane.ts'
import type { Visit } from './message-rows.ts'
import { afterHeard, isOutOfView, movedOn, newLineOf, withCounted } from './new-line.ts'

interface MovingLine {
  line: Visit
  /** The reader goes to the end, and nothing stays in its place: the line moves before what they have not seen. */
  move: () => void
  /** Moves it so too if that can be done unseen; else it counts what has arrived. */
  moveUnseen: (pane: Pane, isSeen: boolean) => void
}

/**
 * Where the "New" line is: before what was unread at the visit and, once all of that is read, before the first of what arrives
 * while the reader is away from the end, or the window is hidden or another one has the focus.
 */
export function useNewLine(of: { roomId: string; visit: Visit; myId: string }): MovingLine {
  const { roomId, visit, myId } = of
  const [state, setState] = useState(() => newLineOf(visit))
  const hasFocus = useSyncExternalStore(onFocus, () => document.hasFocus())
  const { data: room } = useOfRooms((rooms) => {
    const { readSeq = 0, lastSeq = 0 } = findRoom(rooms, roomId) ?? {}
    return { lastSeq, isRead: readSeq >= lastSeq }
  })
  const isSame = state.visit.readSeq === visit.readSeq && state.visit.lastSeq === visit.lastSeq
  const begun = isSame ? state : newLineOf(visit)
  const heard = room && { ...room, isRead: room.isRead && hasFocus }
  const now = heard ? afterHeard(begun, heard) : begun
  if (now !== state) setState(now)
  const next = heard ? movedOn(now, heard) : now
  const move = () => {
    if (next !== now) setState(next)
  }
  const moveUnseen = (pane: Pane, isSeen: boolean) => {
    if (next === now || now.caughtUpSeq === undefined || !heard) return
    const isFollowing = isSeen && pane.followsEnd && !pane.isLeaving
    // It is read as it arrives.
    if (isFollowing && hasFocus) return
    // What arrives where the list follows the end moves everything anyway.
    const afterSeq = isFollowing ? Infinity : now.caughtUpSeq
    if (!isSeen || isOutOfView(pane, afterSeq, myId)) setState(next)
    else setState(withCounted(now, heard.lastSeq))
  }
  return { line: now.line, move, moveUnseen }
}

function onFocus(changed: () => void): () => void {
  const stop = new AbortController()
  for (const type of ['focus', 'blur']) window.addEventListener(type, changed, stop)
  return () => stop.abort()
}
