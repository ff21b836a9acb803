import { ProblemError, type Call } from '@conclave/shared/client'
import type { QueryClient } from '@tanstack/query-core'
import type { Environment } from '../environment.ts'
import type { Listed } from '../parts/part-kinds.ts'
import { wholeParts } from '../parts/table.ts'
import type { PeopleLoader } from '../people/people-loader.ts'
import { isBehind, roomsBehind, roomsToCompare } from './behind.ts'
import type { Doubts } from './dispatch.ts'
import { createFetchChanges } from './fetch-changes.ts'
import { forgetOtherRooms } from './forget.ts'
import { createRefresh } from './refresh.ts'
import { listedRev, roomsIn, type Stream, type Target } from './my-streams.ts'

const TEAM: Stream = { kind: 'team', id: '' }

/** Fetches what the cache is missing of these targets; rejects if any of it could not be fetched. */
export function createFetchMissing(options: {
  call: Call
  queryClient: QueryClient
  people: PeopleLoader
  environment: Pick<Environment, 'clock' | 'sha256'>
  myId: string
  doubts: Doubts
}): (targets: ReadonlySet<Target>) => Promise<void> {
  const { queryClient, people, myId } = options
  const refresh = createRefresh(options)
  const fetchChanges = createFetchChanges({ ...options, refresh })

  return async (targets) => {
    // The list first: it says which rooms are behind, whether the team is, and the current epochs.
    const teamRev = revOfTeam()
    if (targets.has('person')) await refreshMine()
    const listed = targets.has('person') ? listedRev(queryClient, TEAM) : undefined
    if (targets.has('loaded')) retryFailed()
    const whole = roomsIn(targets, 'room')
    const changed = changedRooms(targets).filter((roomId) => !whole.includes(roomId))
    await Promise.all([
      targets.has('team')
        ? refreshTeam(listed === undefined ? undefined : { rev: listed, revBefore: teamRev })
        : undefined,
      ...whole.map((roomId) => unlessGone(refreshAndCatchUp(roomId))),
      ...changed.map((roomId) => unlessGone(fetchChanges(roomId))),
    ])
  }

  /** Rooms that are behind, and those that are to be compared; rooms that only the list knows are not fetched. */
  function changedRooms(targets: ReadonlySet<Target>): string[] {
    const compared = roomsToCompare(queryClient)
    if (targets.has('loaded')) return [...new Set([...roomsBehind(queryClient), ...compared])]
    return roomsIn(targets, 'held').filter(
      (roomId) => compared.includes(roomId) || isBehind(queryClient, roomId),
    )
  }

  /** Retries what failed while there was no connection; each shows its own outcome. */
  function retryFailed(): void {
    void queryClient.refetchQueries({ predicate: ({ state }) => state.status === 'error' })
    people.loadMissing()
  }

  async function refreshMine(): Promise<void> {
    await refresh({ kind: 'person', id: myId })
    forgetOtherRooms(queryClient)
  }

  function revOfTeam(): number | undefined {
    return wholeParts('team')[0]?.entry.read(queryClient, TEAM.id)?.rev
  }

  async function refreshTeam(listed: Listed | undefined): Promise<void> {
    await refresh(TEAM, listed)
    // Those who came to be needed while the others were asked for again.
    people.loadMissing()
  }

  async function refreshAndCatchUp(roomId: string): Promise<void> {
    await Promise.all([refresh({ kind: 'room', id: roomId }), fetchChanges(roomId)])
  }

  /** A room that I am no longer in is answered as not found: removes it from the cache. */
  async function unlessGone(fetching: Promise<void>): Promise<void> {
    try {
      await fetching
    } catch (error) {
      if (!(error instanceof ProblemError) || error.slug !== 'room-not-found') throw error
      await refreshMine()
    }
  }
}
