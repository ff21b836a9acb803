import type { Message, MessagePage } from '@conclave/shared/messages'
import type { Acting } from '../../actor.ts'
import type { Sql, TransactionSql } from '../../database/connection.ts'
import { isLetIn } from '../sessions/admission.ts'

export interface PostRow {
  id: string
  roomId: string
  /** Who says it, and with what they were let in. */
  author: Acting
  text: string
}

export type PostOutcome =
  | { outcome: 'posted' | 'repeat'; message: Message }
  | { outcome: 'taken' | 'archived' | 'not-found' | NotLetIn; message: null }
/** Why the author is let in no more. */
type NotLetIn = 'access-removed' | 'signed-out' | 'not-signed-in'

/** One commit for all of them; each has an outcome of its own, in their order. */
export async function insertMessages(
  sql: Sql | TransactionSql,
  posts: PostRow[],
): Promise<PostOutcome[]> {
  return sql<PostOutcome[]>`
    select outcome, message from post_messages(
      ${posts.map(({ id }) => id)}::uuid[],
      ${posts.map(({ roomId }) => roomId)}::uuid[],
      ${posts.map(({ author }) => author.personId)}::uuid[],
      ${posts.map(({ author }) => author.sessionId ?? null)}::uuid[],
      ${posts.map(({ author }) => author.issuedAtSeconds)}::float8[],
      ${posts.map(({ text }) => text)}::text[]
    )`
}

/** Which run of seqs: it starts `back` before `anchor`, which counts at most as the one after the last. */
export interface PageRange {
  anchor: number
  back: number
  limit: number
}

/** Of which room something is read, and on whose behalf; who was let in and lost their access since gets nothing. */
export interface Reading {
  roomId: string
  reader: Acting
}

/** A page as a member sees it. Seqs have no gaps, so a page is a range of them, whatever its size. */
export async function readPage(
  sql: Sql,
  { roomId, reader }: Reading,
  { anchor, back, limit }: PageRange,
): Promise<MessagePage | undefined> {
  const [page] = await sql<{ rev: number; lastSeq: number; first: number; messages: Message[] }[]>`
    select r.rev, r.last_seq as "lastSeq", page.first, (
      select coalesce(json_agg(message_json(m) order by m.seq), '[]') from messages m
      where m.room_id = r.id and m.seq between page.first and page.first + ${limit}::bigint - 1
    ) as messages
    from memberships mine
    join rooms r on r.id = mine.room_id
    cross join lateral (
      select least(${anchor}::bigint, r.last_seq + 1) - ${back}::bigint as first
    ) page
    where mine.room_id = ${roomId} and mine.person_id = ${reader.personId}
      and ${isLetIn(sql, reader)}`
  if (!page) return undefined
  return {
    messages: page.messages,
    rev: page.rev,
    reachesStart: page.first <= 1,
    reachesEnd: page.first + limit - 1 >= page.lastSeq,
  }
}
