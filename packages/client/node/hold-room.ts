import type { Call } from '@conclave/shared/client'
import type { QueryClient } from '@tanstack/query-core'
import { CHANGING_PARTS } from '../src/parts/table.ts'

/** Loads everything of a room that is held by rooms, as somebody does who has all of it open. */
export async function holdRoom(
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
