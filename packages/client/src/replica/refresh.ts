import type { Call } from '@conclave/shared/client'
import type { QueryClient } from '@tanstack/query-core'
import type { WholePart } from '../parts/part-kinds.ts'
import { wholeParts } from '../parts/table.ts'
import type { Stream } from './my-streams.ts'

export type Refresh = (stream: Stream) => Promise<void>

/** Loads those parts of a stream that are loaded as a whole. */
export function createRefresh(options: {
  call: Call
  queryClient: QueryClient
  skipped: Set<string>
}): Refresh {
  const { call, queryClient, skipped } = options

  return async (stream) => {
    await Promise.all(wholeParts(stream.kind).map((part) => refreshPart(part, stream.id)))
  }

  async function refreshPart(part: WholePart, id: string): Promise<void> {
    const { entry } = part
    const before = entry.read(queryClient, id)
    const fetched = await part.load({ call, id, isRepair: false })
    entry.change(queryClient, id, (current) => part.merge({ current, before, fetched }))
    if (entry.read(queryClient, id)?.rev === fetched.rev) skipped.delete(id)
  }
}
