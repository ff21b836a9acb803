import type { QueryClient } from '@tanstack/query-core'
import type { Clock } from '../environment.ts'
import { roomsBehind } from '../replica/behind.ts'
import type { Replica } from '../replica/replica.ts'
import { listIn, type Target } from '../replica/my-streams.ts'
import { createAwaitedRooms, type AwaitedRooms } from './awaited-rooms.ts'

/** Without a socket: people and their names change less often than messages arrive. */
const TEAM_EVERY_MS = 60_000

/** Looks although nothing is known to be missing: the list has the current revisions of my rooms and of the team. */
export interface ListChecks extends AwaitedRooms {
  /** While there is a socket: finds events that the broker lost. */
  check: () => Promise<void>
  /** While there is no socket: fetches what is new; resolves to whether anything was. */
  poll: () => Promise<boolean>
}

export function createListChecks(options: {
  replica: Replica
  queryClient: QueryClient
  clock: Clock
  /** The server is ahead of the replica here. */
  onBehind: (...targets: Target[]) => void
}): ListChecks {
  const { replica, queryClient, clock, onBehind } = options
  const awaited = createAwaitedRooms(options)
  let teamFetchedAt = clock.now()

  /** Not a catch-up: nothing is known to be missing, so the status line on the screen does not change. */
  async function check(): Promise<void> {
    await replica.fetchMissing(new Set(['person', 'team'] as const))
    awaited.moved()
  }

  async function poll(): Promise<boolean> {
    const before = listIn(queryClient)
    const isTeamDue = clock.now() - teamFetchedAt > TEAM_EVERY_MS
    if (isTeamDue) teamFetchedAt = clock.now()
    await replica.fetchMissing(new Set<Target>(isTeamDue ? ['person', 'team'] : ['person']))
    const behind = roomsBehind(queryClient)
    if (behind.length > 0) onBehind(...behind.map((id): Target => `held:${id}`))
    const list = listIn(queryClient)
    // What a look does not change stays the very same objects.
    return list?.rev !== before?.rev || list?.rooms !== before?.rooms
  }

  return { check, poll, ...awaited }
}
