import type { QueryClient } from '@tanstack/query-core'
import type { Clock } from '../environment.ts'
import { roomsBehind } from '../replica/behind.ts'
import type { Replica } from '../replica/replica.ts'
import { standing, type Place } from '../replica/my-streams.ts'

/** Without a socket: who is there and what they are called changes less often than what is said. */
const TEAM_EVERY_MS = 60_000

/** What is asked although nothing is known to be missing. The lists say how far each room is. */
export interface Asking {
  /** Whether something was lost on its way to somebody who looks. */
  look: () => Promise<void>
  /** What has come while there is no socket; answers whether anything has. */
  poll: () => Promise<boolean>
}

export function createAsking(options: {
  replica: Replica
  queryClient: QueryClient
  clock: Clock
  /** These are further than what is held of them. */
  onBehind: (...places: Place[]) => void
}): Asking {
  const { replica, queryClient, clock, onBehind } = options
  let askedTeamAt = clock.now()

  /** Not yet a catch-up: nothing is known to be missing, and the line on the screen stays as it is. */
  async function look(): Promise<void> {
    await replica.fetchMissing(new Set(['person', 'team'] as const))
    if (roomsBehind(queryClient).length > 0) onBehind('loaded')
  }

  async function poll(): Promise<boolean> {
    const before = standing(queryClient)
    const isTeamDue = clock.now() - askedTeamAt > TEAM_EVERY_MS
    if (isTeamDue) askedTeamAt = clock.now()
    await replica.fetchMissing(new Set<Place>(isTeamDue ? ['person', 'team'] : ['person']))
    const behind = roomsBehind(queryClient)
    if (behind.length > 0) onBehind(...behind.map((id): Place => `room:${id}`))
    return standing(queryClient) !== before
  }

  return { look, poll }
}
