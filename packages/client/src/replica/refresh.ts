import type { Call } from '@conclave/shared/client'
import type { QueryClient } from '@tanstack/query-core'
import type { WholePart } from '../parts/part-kinds.ts'
import { wholeParts } from '../parts/table.ts'
import type { Stream } from './my-streams.ts'

export type Refresh = (stream: Stream) => Promise<void>

/** Loads what of a stream is loaded whole. */
export function createRefresh(options: {
  call: Call
  queryClient: QueryClient
  passed: Set<string>
}): Refresh {
  const { call, queryClient, passed } = options

  return async (stream) => {
    await Promise.all(wholeParts(stream.kind).map((part) => refreshPart(part, stream.id)))
  }

  async function refreshPart(part: WholePart, id: string): Promise<void> {
    const { entry } = part
    const asked = entry.read(queryClient, id)
    const fetched = await part.load({ call, id, isRepair: false })
    entry.change(queryClient, id, (held) => part.merge({ held, asked, fetched }))
    if (entry.read(queryClient, id)?.rev === fetched.rev) passed.delete(id)
  }
}
