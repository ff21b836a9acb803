import type { PendingQuery, Row } from 'postgres'
import type { Acting } from '../../actor.ts'
import { isLetIn } from '../../admission.ts'
import type { Sql } from '../../database/connection.ts'
import { authorKey, roomKey } from './search-keys.ts'
import type { SearchPlace } from './search-place.ts'
import type { SearchWindow } from './search-windows.ts'

/** A part of a query. */
type Fragment = PendingQuery<Row[]>

const ACCENTS = '[\u0300-\u036f]'

/** What is known of a search before it begins. */
export interface SearchScope {
  /** The database's clock, in milliseconds. */
  now: number
  /** The rooms that are searched. */
  roomIds: string[]
  /** How many messages they have, about. */
  messages: number
  /** Whether older messages of them are still to be indexed. */
  indexing: boolean
}

/** All rooms of the reader; undefined for a reader without access. */
export async function readScope(sql: Sql, reader: Acting): Promise<SearchScope | undefined> {
  const [scope] = await sql<SearchScope[]>`
    select
      floor(extract(epoch from clock_timestamp()) * 1000)::bigint as now,
      coalesce(array_agg(r.id), '{}') as "roomIds",
      coalesce(sum(r.last_seq), 0)::bigint as messages,
      coalesce(bool_or(exists (select from search_fill f where f.room_id = r.id)), false) as indexing
    from memberships m join rooms r on r.id = m.room_id
    where m.person_id = ${reader.personId}
    having ${isLetIn(sql, reader)}`
  return scope
}

/** Which person or room has a name that was searched for, and whether that is their whole name. */
export interface Named {
  /** The place of the name among those that were searched for, from 1. */
  nth: number
  id: string
  whole: boolean
}

/** Those of these ids that are of people. */
export async function readPeopleKnown(sql: Sql, ids: readonly string[]): Promise<Set<string>> {
  const rows = await sql<{ id: string }[]>`
    select id from people where id = any (${[...ids]}::uuid[])`
  return new Set(rows.map(({ id }) => id))
}

/** The people with one of these names, at most so many of each. */
export async function readPeopleNamed(
  sql: Sql,
  { names, most }: { names: readonly string[]; most: number },
): Promise<Named[]> {
  return readByName(sql, names, sql`select id, folded_name from people`, most)
}

/** The rooms of the reader with one of these names or ids, at most so many of each. */
export async function readRoomsNamed(
  sql: Sql,
  { personId }: Acting,
  { names, most }: { names: readonly string[]; most: number },
): Promise<Named[]> {
  const mine = sql`
    select id, folded_name from memberships m join rooms on rooms.id = m.room_id
    where m.person_id = ${personId}`
  return readByName(sql, names, mine, most)
}

/**
 * Without accents, as texts are searched. A name is found by the beginning of each word of it; whole names come first. The limit is
 * for each name that is searched for, so that no name takes the place of another.
 */
async function readByName(
  sql: Sql,
  names: readonly string[],
  rows: Fragment,
  most: number,
): Promise<Named[]> {
  return sql<Named[]>`
    -- Each folded once, and not for each pair that is compared.
    with candidates as materialized (
      select id, ${unaccented(sql, sql`folded_name`)} as plain from (${rows}) rows
    ),
    asked as materialized (
      select name, nth, ${unaccented(sql, sql`casefold(normalize(ltrim(name, '#@'), nfkd) collate "pg_unicode_fast")`)} as plain
      from unnest(${[...names]}::text[]) with ordinality as given (name, nth)
    )
    select nth, id, whole
    from (
      select *, row_number() over (partition by nth order by whole desc, id) as place
      from (
        select asked.nth, found.id, found.id::text = asked.name or found.plain = asked.plain as whole
        from asked join candidates found
          on found.id::text = asked.name
          -- Nothing is the beginning of every word.
          or (asked.plain <> '' and strpos(' ' || found.plain, ' ' || asked.plain) > 0)
      ) matching
    ) placed
    where place <= ${most}
    order by nth, place`
}

function unaccented(sql: Sql, name: Fragment) {
  return sql`regexp_replace(${name} collate "C", ${ACCENTS}, '', 'g')`
}

/** What the messages that are read have to be, and where reading begins. */
export interface EntryQuery {
  reader: Acting
  window: SearchWindow
  /** All of these. */
  keys: readonly number[]
  wanted: readonly string[]
  /** Only these rooms. */
  roomIds: readonly string[] | undefined
  authorIds: readonly string[] | undefined
  /** Rooms by which it is looked up: others are not read. Undefined if what others say elsewhere is read and dropped. */
  lookedUpIn: readonly string[] | undefined
  /** Only what comes after it. */
  place: SearchPlace | undefined
  limit: number
}

/** A message whose entry matches; its text and its time may have been changed since. */
export interface FoundEntry {
  /** By which it was found, and is in order. */
  at: string
  id: string
  roomId: string
  seq: number
  authorId: string
  createdAt: string
  editedAt: string | null
  text: string
}

/**
 * How many rooms one lookup is for. For each entry that a lookup comes by, GIN goes through all of its keys, so one with
 * hundreds of them costs more than several.
 */
const ROOMS_IN_LOOKUP = 64

/**
 * The newest messages that match, of those that the reader may read now. What the index finds is kept apart from what is
 * joined, so that Postgres never reads whole rooms instead.
 */
export async function readEntries(sql: Sql, query: EntryQuery): Promise<FoundEntry[]> {
  const { reader, wanted, roomIds, authorIds, place, limit } = query
  return sql<FoundEntry[]>`
    select m.id, m.room_id as "roomId", m.seq, m.author_id as "authorId", m.text,
      found.at, m.created_at as "createdAt", m.edited_at as "editedAt"
    from (
      select room_id, seq, at from ${entriesOf(sql, query)} entry
      -- As a value, so that it is a lookup in a list that is made once.
      where (room_id in (select room_id from memberships where person_id = ${reader.personId})) is true
        ${roomIds ? sql`and room_id = any (${[...roomIds]}::uuid[])` : sql``}
        ${authorIds ? sql`and author_id = any (${[...authorIds]}::uuid[])` : sql``}
        ${place ? sql`and (at, room_id, seq) < (${moment(sql, place.at)}, ${place.roomId}::uuid, ${place.seq}::bigint)` : sql``}
        ${wanted.length > 0 ? sql`and (select bool_and(strpos(words, one) > 0) from unnest(${[...wanted]}::text[]) one)` : sql``}
      order by at desc, room_id desc, seq desc limit ${limit}
    ) found
    join messages m on m.room_id = found.room_id and m.seq = found.seq
    where m.removed_at is null and ${isLetIn(sql, reader)}
    order by found.at desc, found.room_id desc, found.seq desc`
}

/** Whether more than so many entries of all rooms have the keys of this query, in its window. Reads no more of them. */
export async function areMoreThan(
  sql: Sql,
  query: Pick<EntryQuery, 'keys' | 'authorIds' | 'window'>,
  most: number,
): Promise<boolean> {
  const [row] = await sql<{ count: number }[]>`
    select count(*) as count
    from (select from search_entries where ${hasKeys(sql, query)} limit ${most + 1}) entries`
  return (row?.count ?? 0) > most
}

/** What the index finds, of everybody or of the rooms that are looked up. */
function entriesOf(sql: Sql, query: EntryQuery) {
  const { window, lookedUpIn } = query
  const read = sql`
    select room_id, seq, at, author_id, words from search_entries
    where ${hasKeys(sql, query)}
      and at >= ${moment(sql, window.since)} and at < ${moment(sql, window.until)}`
  if (!lookedUpIn) return sql`(${read} offset 0)`
  const lookups = chunksOf(lookedUpIn, ROOMS_IN_LOOKUP)
  // No entry is of two lookups, even if two rooms have the same key.
  return sql`
    unnest(
      ${lookups.map((ids) => `{${ids.join(',')}}`)}::text[],
      ${lookups.map((ids) => `{${ids.map(roomKey).join(',')}}`)}::text[]
    ) as lookup (room_ids, room_keys),
    lateral (
      ${read} and keys && room_keys::integer[] and room_id = any (room_ids::uuid[])
      offset 0
    )`
}

/** The span first, and the rooms last: GIN compares each key with what those before it have in common. */
function hasKeys(
  sql: Sql,
  { keys, authorIds, window }: Pick<EntryQuery, 'keys' | 'authorIds' | 'window'>,
) {
  const inTime = window.keys ? sql`keys && ${[...window.keys]}::integer[]` : sql`true`
  const withAll = keys.length > 0 ? sql`and keys @> ${[...keys]}::integer[]` : sql``
  const byAuthors = authorIds ? sql`and keys && ${authorIds.map(authorKey)}::integer[]` : sql``
  return sql`${inTime} ${withAll} ${byAuthors}`
}

function chunksOf(ids: readonly string[], size: number): string[][] {
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, nth) =>
    ids.slice(nth * size, (nth + 1) * size),
  )
}

function moment(sql: Sql, ms: number) {
  return sql`to_timestamp(${ms}::float8 / 1000)`
}
