import type { Call } from '@conclave/shared/client'
import { listChanges, type RoomChanges } from '@conclave/shared/messages'
import { createDigestOf } from '@conclave/shared/messages.digest'
import type { QueryClient } from '@tanstack/query-core'
import type { Environment } from '../environment.ts'
import type { ChangingPart, State } from '../parts/part-kinds.ts'
import { CHANGING_PARTS } from '../parts/table.ts'
import type { Refresh } from './refresh.ts'
import { createRepairs } from './repair.ts'

interface HeldPart {
  part: ChangingPart
  held: State
}

/** Brings what is held of a room up to date, and holds it against the server's history. */
export function createFetchChanges(options: {
  call: Call
  queryClient: QueryClient
  environment: Pick<Environment, 'clock' | 'sha256'>
  refresh: Refresh
}): (roomId: string) => Promise<void> {
  const { call, queryClient, environment, refresh } = options
  const digestOf = createDigestOf(environment.sha256)
  const repairs = createRepairs({ call, queryClient, clock: environment.clock, refresh })
  return fetchChanges

  async function fetchChanges(roomId: string): Promise<void> {
    const before = heldOf(roomId)
    if (before.length === 0) return
    const after = oldest(before)
    const changes = await call(listChanges, {
      params: { roomId },
      query: { after: String(after), ...comparedOf(before) },
    })
    // Something older was loaded meanwhile, and these changes begin too late for it.
    if (oldest(heldOf(roomId)) < after) return fetchChanges(roomId)
    if (await agree(before, changes)) repairs.agreed(roomId)
    // Once more, for what happened while it was loaded; what was loaded is compared with that.
    else if (await repairs.repair(roomId)) return fetchChanges(roomId)
    await Promise.all(CHANGING_PARTS.map((part) => catchUp(part, roomId, changes)))
  }

  function heldOf(roomId: string): HeldPart[] {
    return CHANGING_PARTS.flatMap((part) => {
      const held = part.entry.read(queryClient, roomId)
      return held ? [{ part, held }] : []
    })
  }

  /** Whether the server's history is what was held when it was asked. */
  async function agree(before: HeldPart[], changes: RoomChanges): Promise<boolean> {
    // Every event is committed before it is told, so nothing true is newer than the answer.
    if (before.some(({ held }) => held.rev > changes.rev)) return false
    for (const { part, held } of before)
      if (part.compare && !(await part.compare.agrees(held, changes, digestOf))) return false
    return true
  }

  async function catchUp(part: ChangingPart, roomId: string, changes: RoomChanges): Promise<void> {
    const held = part.entry.read(queryClient, roomId)
    if (!held || (held.rev >= changes.rev && !changes.reset)) return
    const state =
      part.catchUp(held, changes) ?? (await part.load({ call, id: roomId, isRepair: false }))
    part.entry.change(queryClient, roomId, (now) => now && state)
  }
}

/** What to ask for beside the changes, so that what is held can be compared. */
function comparedOf(parts: HeldPart[]): Record<string, string> {
  return Object.fromEntries(
    parts.flatMap(({ part, held }) => Object.entries(part.compare?.query(held) ?? {})),
  )
}

function oldest(parts: HeldPart[]): number {
  return Math.min(...parts.map(({ held }) => held.rev))
}
