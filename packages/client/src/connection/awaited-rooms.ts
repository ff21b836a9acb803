import type { QueryClient } from '@tanstack/query-core'
import type { Clock } from '../environment.ts'
import { isBehind, roomsBehind } from '../replica/behind.ts'
import { listedRev, type Target } from '../replica/my-streams.ts'
import { createTimer } from './timer.ts'

/** A hint, or the answer to a look, that a room has moved may arrive before the room's own event. */
const GRACE_MS = 2_000

/** Catches up the rooms whose own events do not arrive although the list of my rooms says that they have moved. */
export interface AwaitedRooms {
  /** A hint or a look may have moved rooms in the list. */
  moved: () => void
  close: () => void
}

export function createAwaitedRooms(options: {
  queryClient: QueryClient
  clock: Clock
  onBehind: (...targets: Target[]) => void
}): AwaitedRooms {
  const { queryClient, clock, onBehind } = options
  const grace = createTimer(clock)

  /** In a busy room the newest event is always still on its way: only what was awaited at the beginning is late. */
  function awaitRooms(roomIds: readonly string[]): void {
    if (roomIds.length === 0) return
    const awaited = roomIds.map((id) => ({ id, rev: listedRev(queryClient, { kind: 'room', id }) }))
    grace.start(GRACE_MS, () => {
      const late = awaited.filter(({ id, rev }) => isBehind(queryClient, id, rev))
      if (late.length > 0) onBehind(...late.map(({ id }): Target => `held:${id}`))
      awaitRooms(roomsBehind(queryClient).filter((id) => !late.some((room) => room.id === id)))
    })
  }

  return {
    moved: () => {
      if (!grace.isOn()) awaitRooms(roomsBehind(queryClient))
    },
    close: grace.stop,
  }
}
