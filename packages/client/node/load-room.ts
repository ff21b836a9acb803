import type { Call } from '@conclave/shared/client'
import type { QueryClient } from '@tanstack/query-core'
import { messages } from '../src/parts/messages.part.ts'
import { askForQuotes, quotes } from '../src/parts/quotes.part.ts'

/** Loads what can be caught up of a room: its newest page, and quotes of these messages. */
export async function loadRoom(
  { call, queryClient }: { call: Call; queryClient: QueryClient },
  roomId: string,
  quoted: readonly string[] = [],
): Promise<void> {
  const page = await messages.load({ call, id: roomId, isRepair: false, before: undefined })
  messages.entry.change(queryClient, roomId, () => page)
  if (quoted.length === 0) return
  const answer = await askForQuotes(call, roomId, quoted)
  quotes.entry.change(queryClient, roomId, () => answer)
}
