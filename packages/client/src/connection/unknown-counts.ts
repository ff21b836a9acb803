import { isUnknown } from '@conclave/shared/unread'
import type { QueryClient } from '@tanstack/query-core'
import type { Clock } from '../environment.ts'
import { listIn } from '../replica/my-streams.ts'
import { createTimer } from './timer.ts'

/** Everybody in a room can come to the same state by one event, so the looks are spread over this time. */
const SPREAD_MS = 1_000
const SPREAD_MAX_MS = 60_000

/** Looks when folding cannot know whether there is anything to read in a room, as after a position that was set back. */
export interface UnknownCounts {
  /** The list of my rooms changed. */
  listChanged: () => void
  close: () => void
}

export function createUnknownCounts(options: {
  queryClient: QueryClient
  clock: Clock
  look: () => void
}): UnknownCounts {
  const { queryClient, clock, look } = options
  const timer = createTimer(clock)
  /** Doubles while looking does not help. */
  let spreadMs = SPREAD_MS

  function listChanged(): void {
    const isAnyUnknown = listIn(queryClient)?.rooms.some(isUnknown) ?? false
    if (!isAnyUnknown) {
      timer.stop()
      spreadMs = SPREAD_MS
    } else if (!timer.isOn()) {
      timer.start(Math.random() * spreadMs, look)
      spreadMs = Math.min(spreadMs * 2, SPREAD_MAX_MS)
    }
  }

  return { listChanged, close: timer.stop }
}
