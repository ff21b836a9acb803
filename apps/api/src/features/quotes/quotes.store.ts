import type { Quote } from '@conclave/shared/quotes'
import { EXCERPT_NEEDS, excerptOf } from '@conclave/shared/quotes.fold'
import { isLetIn } from '../../admission.ts'
import type { Sql } from '../../database/connection.ts'
import type { Reading } from '../messages/messages.store.ts'

/** What the messages say now and the room's revision, from one snapshot; undefined for everybody but members. */
export async function readQuotes(
  sql: Sql,
  { roomId, reader }: Reading,
  ids: readonly string[],
): Promise<{ rev: number; quotes: Quote[] } | undefined> {
  const rows = await sql<QuoteRow[]>`
    select r.rev as "roomRev", quoted.*
    from memberships mine
    join rooms r on r.id = mine.room_id
    left join lateral (
      select m.id, m.seq, m.rev, m.author_id as "authorId", left(m.text, ${EXCERPT_NEEDS}) as text,
        m.removed_at is not null as removed
      from messages m
      where m.room_id = r.id and m.id = any (${[...ids]}::uuid[]) and m.line is null
    ) quoted on true
    where mine.room_id = ${roomId} and mine.person_id = ${reader.personId}
      and ${isLetIn(sql, reader)}`
  const [first] = rows
  if (!first) return undefined
  const byId = new Map(rows.flatMap((row) => (row.id === null ? [] : [[row.id, toQuote(row)]])))
  return { rev: first.roomRev, quotes: [...new Set(ids)].flatMap((id) => byId.get(id) ?? []) }
}

type QuoteRow = { roomRev: number } & ({ id: null } | StoredQuote)

interface StoredQuote extends Omit<Quote, 'removed'> {
  removed: boolean
}

function toQuote({ id, seq, rev, authorId, text, removed }: StoredQuote): Quote {
  return { id, seq, rev, authorId, text: excerptOf(text), ...(removed ? { removed } : {}) }
}
