import type { Call } from '@conclave/shared/client'
import type { QueryClient } from '@tanstack/query-core'
import type { Clock } from '../environment.ts'
import { CHANGING_PARTS } from '../parts/table.ts'
import type { Refresh } from './refresh.ts'

const AGAIN_FIRST_MS = 60_000
const AGAIN_MAX_MS = 3_600_000

export interface Repairs {
  /** Loads all parts of a room again; resolves to false, without loading, if that did not help a short while ago. */
  repair: (roomId: string) => Promise<boolean>
  /** The parts of the room agreed with the server. */
  agreed: (roomId: string) => void
}

/**
 * Repairs rooms whose parts differ from what the server has. Loading them again undoes a forgery; a difference that is
 * still there afterwards is a bug of ours, and must not cause a flood of requests, hence the backoff.
 */
export function createRepairs(options: {
  call: Call
  queryClient: QueryClient
  clock: Clock
  refresh: Refresh
}): Repairs {
  const { call, queryClient, clock, refresh } = options
  const waits = new Map<string, { ms: number; until: number }>()

  async function repair(roomId: string): Promise<boolean> {
    const wait = waits.get(roomId)
    if (wait && clock.now() < wait.until) return false
    await load(roomId)
    const ms = Math.min(wait ? wait.ms * 2 : AGAIN_FIRST_MS, AGAIN_MAX_MS)
    waits.set(roomId, { ms, until: clock.now() + ms })
    return true
  }

  /** Loads `line` first, so that the other parts never seem to be behind it. */
  async function load(roomId: string): Promise<void> {
    await refresh({ kind: 'room', id: roomId })
    const parts = CHANGING_PARTS.filter(({ entry }) => entry.read(queryClient, roomId))
    const loaded = await Promise.all(
      parts.map(async (part) => {
        const before = part.entry.read(queryClient, roomId)
        return part.load({ call, id: roomId, isRepair: true, before })
      }),
    )
    parts.forEach(({ entry }, index) =>
      entry.change(queryClient, roomId, (before) => before && loaded[index]),
    )
  }

  return { repair, agreed: (roomId) => void waits.delete(roomId) }
}
