import { listMembers, type Members } from '@conclave/shared/members'
import { listMessages, PAGE_SIZE, type MessagePage } from '@conclave/shared/messages'
import { everyMember } from '@conclave/shared/pages'
import type { QueryClient } from '@tanstack/react-query'
import { membersKey } from '../features/members/members.keys.ts'
import { messagesKey } from '../features/messages/messages.keys.ts'
import type { Call } from '../server/call.ts'
import { fetchRoom } from './fetch-room.ts'

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
export function createRepairs(options: { call: Call; queryClient: QueryClient }): Repairs {
  const { call, queryClient } = options
  const waits = new Map<string, { ms: number; until: number }>()

  async function repair(roomId: string): Promise<boolean> {
    const wait = waits.get(roomId)
    if (wait && performance.now() < wait.until) return false
    await load(roomId)
    const ms = Math.min(wait ? wait.ms * 2 : AGAIN_FIRST_MS, AGAIN_MAX_MS)
    waits.set(roomId, { ms, until: performance.now() + ms })
    return true
  }

  /** The room first, so that at no moment what is loaded of it seems to have fallen behind. */
  async function load(roomId: string): Promise<void> {
    const params = { roomId }
    await fetchRoom({ call, queryClient }, roomId)
    const query = { limit: String(PAGE_SIZE), repair: 'true' } as const
    const [page, members] = await Promise.all([
      call(listMessages, { params, query }),
      isLoaded(membersKey(roomId))
        ? everyMember((query) => call(listMembers, { params, query }))
        : undefined,
    ])
    if (isLoaded(messagesKey(roomId)))
      queryClient.setQueryData<MessagePage>(messagesKey(roomId), page)
    if (members) queryClient.setQueryData<Members>(membersKey(roomId), members)
  }

  function isLoaded(key: readonly string[]): boolean {
    return queryClient.getQueryData(key) !== undefined
  }

  return { repair, agreed: (roomId) => void waits.delete(roomId) }
}
