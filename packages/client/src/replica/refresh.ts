import type { Call } from '@conclave/shared/client'
import type { QueryClient } from '@tanstack/query-core'
import type { Environment } from '../environment.ts'
import type { Listed, WholePart } from '../parts/part-kinds.ts'
import { wholeParts } from '../parts/table.ts'
import type { PeopleLoader } from '../people/people-loader.ts'
import type { Doubts } from './dispatch.ts'
import type { Stream } from './my-streams.ts'

/** `listed` is what the list of my rooms says of the stream, if it has just been compared with the server. */
export type Refresh = (stream: Stream, listed?: Listed) => Promise<void>

/** Compares those parts of a stream with the server that are compared as a whole. */
export function createRefresh(options: {
  call: Call
  queryClient: QueryClient
  people: PeopleLoader
  environment: Pick<Environment, 'sha256'>
  doubts: Doubts
}): Refresh {
  const { call, queryClient, people, environment, doubts } = options
  const { sha256 } = environment

  return async (stream, listed) => {
    await Promise.all(wholeParts(stream.kind).map((part) => refreshPart(part, stream.id, listed)))
  }

  async function refreshPart(
    part: WholePart,
    id: string,
    listed: Listed | undefined,
  ): Promise<void> {
    const { entry, isOptional } = part
    const before = entry.read(queryClient, id)
    if (isOptional && !before) return
    const { unconfirmed } = doubts
    const context = { call, sha256, people, id, before, listed, unconfirmed }
    const fetched = await part.load(context)
    entry.change(queryClient, id, (current) => part.merge({ current, before, fetched }))
    const state = entry.read(queryClient, id)
    if (!state) return
    for (const confirmed of part.confirmedBy(fetched, state, id)) {
      doubts.skipped.delete(confirmed)
      doubts.unconfirmed.delete(confirmed)
    }
  }
}
