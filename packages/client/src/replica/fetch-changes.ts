import type { Call } from '@conclave/shared/client'
import { listChanges, type RoomChanges } from '@conclave/shared/messages'
import { createDigestOf } from '@conclave/shared/messages.digest'
import type { QueryClient } from '@tanstack/query-core'
import type { Environment } from '../environment.ts'
import type { ChangingPart, State } from '../parts/part-kinds.ts'
import { CHANGING_PARTS } from '../parts/table.ts'
import type { Doubts } from './dispatch.ts'
import type { Refresh } from './refresh.ts'
import { createRepairs } from './repair.ts'

interface LoadedPart {
  part: ChangingPart
  state: State
}

/** Catches up the loaded parts of a room, and compares them with the server's history. */
export function createFetchChanges(options: {
  call: Call
  queryClient: QueryClient
  environment: Pick<Environment, 'clock' | 'sha256'>
  refresh: Refresh
  doubts: Doubts
}): (roomId: string) => Promise<void> {
  const { call, queryClient, environment, refresh, doubts } = options
  const digestOf = createDigestOf(environment.sha256)
  const repairs = createRepairs({ call, queryClient, clock: environment.clock, refresh })
  return fetchChanges

  async function fetchChanges(roomId: string): Promise<void> {
    const before = loadedParts(roomId)
    if (before.length === 0) return
    const after = oldest(before)
    const changes = await call(listChanges, {
      params: { roomId },
      query: { after: String(after), ...comparedOf(before) },
    })
    // An older state was loaded during the request, and these changes start too late for it.
    if (oldest(loadedParts(roomId)) < after) return fetchChanges(roomId)
    if (await agree(before, changes)) repairs.agreed(roomId)
    // Once more, for what happened during the repair; this also compares what was loaded.
    else if (await repairs.repair(roomId)) return fetchChanges(roomId)
    await Promise.all(CHANGING_PARTS.map((part) => catchUp(part, roomId, changes)))
    await Promise.all(CHANGING_PARTS.map((part) => confirm(part, roomId)))
  }

  function loadedParts(roomId: string): LoadedPart[] {
    return CHANGING_PARTS.flatMap((part) => {
      const state = part.entry.read(queryClient, roomId)
      return state ? [{ part, state }] : []
    })
  }

  /** Whether the states at the time of the request agree with the server's history. */
  async function agree(before: LoadedPart[], changes: RoomChanges): Promise<boolean> {
    // Every event is committed before it is published, so no true state is newer than the answer.
    if (before.some(({ state }) => state.rev > changes.rev)) return false
    for (const { part, state } of before)
      if (part.compare && !(await part.compare.agrees(state, changes, digestOf))) return false
    return true
  }

  async function catchUp(part: ChangingPart, roomId: string, changes: RoomChanges): Promise<void> {
    const state = part.entry.read(queryClient, roomId)
    if (!state || (state.rev >= changes.rev && !changes.reset)) return
    const next =
      part.catchUp(state, changes) ??
      (await part.load({ call, id: roomId, isRepair: false, before: state }))
    part.entry.change(queryClient, roomId, (now) => now && next)
  }

  async function confirm(part: ChangingPart, roomId: string): Promise<void> {
    const state = part.entry.read(queryClient, roomId)
    if (!state || !part.confirm) return
    const { unconfirmed } = doubts
    const answer = await part.confirm({ call, id: roomId, state, unconfirmed })
    const now = part.entry.read(queryClient, roomId)
    if (!answer || !now) return
    const confirmed = answer.putInto(now)
    part.entry.change(queryClient, roomId, () => confirmed.state)
    for (const id of confirmed.ids) unconfirmed.delete(id)
  }
}

/** What the request for changes has to contain for the comparison. */
function comparedOf(parts: LoadedPart[]): Record<string, string> {
  return Object.fromEntries(
    parts.flatMap(({ part, state }) => Object.entries(part.compare?.query(state) ?? {})),
  )
}

function oldest(parts: LoadedPart[]): number {
  return Math.min(...parts.map(({ state }) => state.rev))
}
