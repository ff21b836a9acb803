import { listMembers, type Members } from '@conclave/shared/members'
import { catchUpMembers } from '@conclave/shared/members.fold'
import {
  listChanges,
  listMessages,
  PAGE_SIZE,
  type MessagePage,
  type RoomChanges,
} from '@conclave/shared/messages'
import { everyMember } from '@conclave/shared/pages'
import { agrees, comparedRun } from '@conclave/shared/messages.compare'
import { createDigestOf } from '@conclave/shared/messages.digest'
import { catchUpMessages } from '@conclave/shared/messages.fold'
import type { QueryClient } from '@tanstack/react-query'
import { membersKey } from '../features/members/members.keys.ts'
import { messagesKey } from '../features/messages/messages.keys.ts'
import type { Call } from '../server/call.ts'
import { loadedRevs } from './behind.ts'
import { createRepairs } from './repair.ts'
import { sha256 } from './sha256.ts'

/** Brings what is loaded of a room up to date, and holds it against the server's history. */
export function createFetchChanges(options: {
  call: Call
  queryClient: QueryClient
}): (roomId: string) => Promise<void> {
  const { call, queryClient } = options
  const digestOf = createDigestOf(sha256)
  const repairs = createRepairs({ call, queryClient })
  return fetchChanges

  async function fetchChanges(roomId: string): Promise<void> {
    const revs = loadedRevs(queryClient, roomId)
    if (revs.length === 0) return
    const held = queryClient.getQueryData<MessagePage>(messagesKey(roomId))
    const after = Math.min(...revs)
    const changes = await call(listChanges, {
      params: { roomId },
      query: { after: String(after), ...(held ? runOf(held) : {}) },
    })
    // Something older was loaded meanwhile, and these changes begin too late for it.
    if (loadedRevs(queryClient, roomId).some((rev) => rev < after)) return fetchChanges(roomId)
    const isTrue =
      revs.every((rev) => rev <= changes.rev) && (!held || (await agrees(held, changes, digestOf)))
    if (isTrue) repairs.agreed(roomId)
    // Once more, for what happened while it was loaded; what was loaded is compared with that.
    else if (await repairs.repair(roomId)) return fetchChanges(roomId)
    await Promise.all([applyToPage(roomId, changes), applyToMembers(roomId, changes)])
  }

  async function applyToPage(roomId: string, changes: RoomChanges): Promise<void> {
    const key = messagesKey(roomId)
    const held = queryClient.getQueryData<MessagePage>(key)
    if (!held) return
    const page =
      catchUpMessages(held, changes) ??
      (await call(listMessages, { params: { roomId }, query: { limit: String(PAGE_SIZE) } }))
    if (page !== held) queryClient.setQueryData<MessagePage>(key, page)
  }

  async function applyToMembers(roomId: string, changes: RoomChanges): Promise<void> {
    const key = membersKey(roomId)
    const held = queryClient.getQueryData<Members>(key)
    if (!held || held.rev >= changes.rev) return
    const members =
      catchUpMembers(held, changes) ??
      (await everyMember((query) => call(listMembers, { params: { roomId }, query })))
    queryClient.setQueryData<Members>(key, members)
  }
}

function runOf(page: MessagePage): { from: string; to: string } | Record<string, never> {
  const run = comparedRun(page)
  return run ? { from: String(run.from), to: String(run.to) } : {}
}
