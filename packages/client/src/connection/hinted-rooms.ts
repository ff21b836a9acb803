import type { QueryClient } from '@tanstack/query-core'
import type { Clock } from '../environment.ts'
import { roomsBehind } from '../replica/behind.ts'
import type { Target } from '../replica/my-streams.ts'
import { createTimer } from './timer.ts'

/** A hint that a room has moved may arrive before the room's own event. */
const GRACE_MS = 2_000

/** Catches up the rooms whose own events do not arrive although hints say that they have moved. */
export interface HintedRooms {
  /** A hint arrived. */
  hinted: () => void
  close: () => void
}

export function createHintedRooms(options: {
  queryClient: QueryClient
  clock: Clock
  onBehind: (...targets: Target[]) => void
}): HintedRooms {
  const { queryClient, clock, onBehind } = options
  const grace = createTimer(clock)

  function check(): void {
    const behind = roomsBehind(queryClient)
    if (behind.length > 0) onBehind(...behind.map((id): Target => `held:${id}`))
  }

  return {
    hinted: () => {
      if (!grace.isOn()) grace.start(GRACE_MS, check)
    },
    close: grace.stop,
  }
}
