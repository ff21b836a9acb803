import type { Call } from '@conclave/shared/client'
import type { QueryClient } from '@tanstack/query-core'
import { CHANGING_PARTS } from '../src/parts/table.ts'

/** Loads every part of a room that can be caught up, as a page does that shows all of them. */
export async function loadRoom(
  { call, queryClient }: { call: Call; queryClient: QueryClient },
  roomId: string,
): Promise<void> {
  await Promise.all(
    CHANGING_PARTS.map(async (part) => {
      const loaded = await part.load({ call, id: roomId, isRepair: false })
      part.entry.change(queryClient, roomId, () => loaded)
    }),
  )
}
