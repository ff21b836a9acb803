import type { Call } from '@conclave/shared/client'
import type { QueryClient } from '@tanstack/query-core'
import type { Clock } from '../environment.ts'
import { CHANGING_PARTS } from '../parts/table.ts'
import type { Refresh } from './refresh.ts'

const AGAIN_FIRST_MS = 60_000
const AGAIN_MAX_MS = 3_600_000

export interface Repairs {
  /** Loads what is held of a room anew; answers whether it did, or has done so in vain too lately. */
  repair: (roomId: string) => Promise<boolean>
  /** What is held of the room was compared, and is what the server has. */
  agreed: (roomId: string) => void
}

/**
 * What was held of a room is not what the server has. Loading it anew mends whatever somebody forged; a difference
 * that is still there afterwards is a fault of ours, and must not become a storm of loading.
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

  /** What is loaded whole comes first, so that at no moment the rest seems to have fallen behind. */
  async function load(roomId: string): Promise<void> {
    await refresh({ kind: 'room', id: roomId })
    const held = CHANGING_PARTS.filter(({ entry }) => entry.read(queryClient, roomId))
    const loaded = await Promise.all(
      held.map((part) => part.load({ call, id: roomId, isRepair: true })),
    )
    held.forEach(({ entry }, index) =>
      entry.change(queryClient, roomId, (before) => before && loaded[index]),
    )
  }

  return { repair, agreed: (roomId) => void waits.delete(roomId) }
}
