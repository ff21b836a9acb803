import type { Message, MessagePage, Notifies } from '@conclave/shared/messages'
import { PAGE_MAX_BYTES } from '@conclave/shared/paging'
import type { Acting } from '../../actor.ts'
import type { Sql, TransactionSql } from '../../database/connection.ts'
import { isLetIn } from '../../admission.ts'

export interface PostRow {
  id: string
  roomId: string
  /** The author, and the token by which they were admitted. */
  author: Acting
  text: string
  replyTo?: string | undefined
  /** People whom it mentions; those who are not in the room are left out. */
  mentions?: string[]
  notifies?: Notifies | undefined
}

export type PostOutcome =
  | { outcome: 'posted' | 'repeat'; message: Message }
  | {
      outcome: 'taken' | 'archived' | 'not-found' | 'no-original' | 'not-allowed' | NotLetIn
      message: null
    }
/** Why the author has no access any more. */
type NotLetIn = 'access-removed' | 'signed-out' | 'not-signed-in'

/** Stores these posts in one commit; returns an outcome for each, in their order. */
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
      ${posts.map(({ text }) => text)}::text[],
      ${posts.map(({ replyTo }) => replyTo ?? null)}::uuid[],
      ${posts.map(({ mentions }) => (mentions?.length ? `{${mentions.join(',')}}` : null))}::text[],
      ${posts.map(({ notifies }) => notifies ?? null)}::text[]
    )`
}

/** The most bytes that one byte of text can become as JSON, as \u0001 does. */
const WIRE_BYTES_MAX = 6
const LONGEST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
const LONGEST_TIME = '9999-12-31T23:59:59.999Z'
/** The most bytes that a message adds to a page besides what `weightMax` counts, with what separates two messages. */
const FIELDS_MAX_BYTES = Buffer.byteLength(
  `${JSON.stringify({
    authorId: LONGEST_ID,
    createdAt: LONGEST_TIME,
    editedAt: LONGEST_TIME,
    id: LONGEST_ID,
    line: 0,
    mentions: 0,
    notifies: 'room',
    reactions: 0,
    removed: { at: LONGEST_TIME, by: 'moderator' },
    replyTo: LONGEST_ID,
    rev: Number.MAX_SAFE_INTEGER,
    roomId: LONGEST_ID,
    seq: Number.MAX_SAFE_INTEGER,
    text: '',
  } satisfies Record<keyof Message, unknown>)}, \n`,
)

/** The most bytes that the message `m` can add to a page: by the length of what is stored, which costs nothing to know. */
export function weightMax(sql: Sql) {
  return sql`octet_length(m.text) * ${WIRE_BYTES_MAX}::bigint
    + coalesce(octet_length(m.reactions::text), 0) + coalesce(octet_length(m.line::text), 0)
    + coalesce(octet_length(array_to_json(m.mentions)::text), 0) + ${FIELDS_MAX_BYTES}::bigint`
}

/** A run of seqs that starts `back` before `anchor`; an anchor beyond the end counts as the one after the last. */
export interface PageRange {
  anchor: number
  back: number
  limit: number
}

/** The room to read, and the reader; a reader who has lost access since they were admitted gets nothing. */
export interface Reading {
  roomId: string
  reader: Acting
}

/**
 * A page of messages, for members only. Seqs have no gaps, so a page is a range of them. Where the messages would
 * exceed a page's byte limit, it has those closest to the anchor.
 */
export async function readPage(
  sql: Sql,
  { roomId, reader }: Reading,
  { anchor, back, limit }: PageRange,
): Promise<MessagePage | undefined> {
  const inPage = sql`m.room_id = r.id and m.seq between page.first and page.first + ${limit}::bigint - 1`
  const [page] = await sql<{ rev: number; lastSeq: number; first: number; messages: Message[] }[]>`
    select r.rev, r.last_seq as "lastSeq", page.first, case
      -- Hardly a page needs to be weighed.
      when (
        select coalesce(sum(${weightMax(sql)}), 0) from messages m where ${inPage}
      ) <= ${PAGE_MAX_BYTES}
      then (
        select coalesce(json_agg(message_json(m) order by m.seq), '[]') from messages m where ${inPage}
      )
      else (
        select coalesce(json_agg(weighed.json order by weighed.seq), '[]')
        from (
          select m.seq, m.json, sum(octet_length(m.json::text)) over nearest as bytes,
            row_number() over nearest as nth
          from (select m.seq, message_json(m) as json from messages m where ${inPage}) m
          window nearest as (order by abs(m.seq - page.first - ${back}::bigint), m.seq)
        ) weighed
        where weighed.nth = 1 or weighed.bytes <= ${PAGE_MAX_BYTES}
      )
    end as messages
    from memberships mine
    join rooms r on r.id = mine.room_id
    cross join lateral (
      select least(${anchor}::bigint, r.last_seq + 1) - ${back}::bigint as first
    ) page
    where mine.room_id = ${roomId} and mine.person_id = ${reader.personId}
      and ${isLetIn(sql, reader)}`
  if (!page) return undefined
  const { messages, rev, first, lastSeq } = page
  return {
    messages,
    rev,
    reachesStart: (messages[0]?.seq ?? first) <= 1,
    reachesEnd: (messages.at(-1)?.seq ?? first + limit - 1) >= lastSeq,
  }
}
