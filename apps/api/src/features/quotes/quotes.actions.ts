import type { Result } from '@conclave/shared/contract'
import type { listQuotes as listQuotesEndpoint } from '@conclave/shared/quotes'
import type { Actor } from '../../actor.ts'
import type { Context } from '../../context.ts'
import { problem } from '../../problem.ts'
import { readNamed } from '../people/named.store.ts'
import { readQuotes } from './quotes.store.ts'

/** Quotes of these messages, in this order; those that the room does not have are omitted. Throws `room-not-found`. */
export async function listQuotes(
  ctx: Context,
  reader: Actor,
  { roomId, ids }: { roomId: string; ids: readonly string[] },
): Promise<Result<typeof listQuotesEndpoint>> {
  const found = await readQuotes(ctx.sql, { roomId, reader }, ids)
  if (!found) throw problem('room-not-found')
  const authors = found.quotes.map(({ authorId }) => authorId)
  return { ...found, ...(await readNamed(ctx.sql, reader, authors)) }
}
