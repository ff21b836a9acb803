import type { Sql, TransactionSql } from '../database/connection.ts'
import type { StreamKind } from './streams.ts'

/**
 * How many revisions of a room, and of the team, stay in the log after all consumers have read them: as many as a catch-up
 * answers.
 */
export const KEPT_REVS = 500

/** An event as a consumer gets it; (stream, rev) identifies it permanently. */
export interface LogEvent {
  stream: string
  rev: number
  kind: 'message' | 'member' | 'room' | 'person' | 'notice' | 'workspace'
  /** The id of the message, or of the person; null for a notice, and a change of the room, of presence or the workspace. */
  subject: string | null
  /**
   * A type from the contract; `message.superseded` when the message was deleted, or when this change of it has been followed
   * by another. That it was posted is told once in any case.
   */
  type: string
  /** The data of this type in the contract; for a message, its current state, which may be of a later revision. */
  data: unknown
  at: string
  /** The epoch of its room, its person or the team, when it is read. */
  epoch: number
}

/** How far a consumer is behind in one stream. */
export interface Lag {
  consumer: string
  /** Null if it is not behind in any stream. */
  stream: string | null
  waiting: number
  oldestSeconds: number
}

/**
 * A new consumer begins at the current heads, and so does a known one in a kind of stream that it did not read before; a
 * known one continues from its cursors. Kinds are never taken away: an earlier release that reads fewer, started in between,
 * would lose what the others have not read.
 */
export async function registerConsumer(
  sql: Sql,
  name: string,
  reads: readonly StreamKind[],
): Promise<void> {
  await sql.begin(async (tx) => {
    // So that neither another instance that registers it nor the trimming of the log sees an intermediate state.
    await tx`lock table consumers in share row exclusive mode`
    await tx`
      with known as (
        select reads from consumers where name = ${name}
      ),
      registered as (
        insert into consumers (name, reads) values (${name}, ${[...reads]}::text[])
        on conflict (name) do update
        set reads = array(select distinct kind from unnest(consumers.reads || excluded.reads) as kind)
      )
      insert into cursors (consumer, stream, rev)
      select ${name}, stream, rev from heads
      where kind = any (${[...reads]}::text[])
        and kind <> all (coalesce((select reads from known), '{}'))
      on conflict (consumer, stream) do update set rev = excluded.rev`
    // As after a backup that was restored in part: until the stream had come so far again, nothing of it would be read.
    await tx`
      update cursors set rev = heads.rev from heads
      where cursors.consumer = ${name} and cursors.stream = heads.stream and cursors.rev > heads.rev`
  })
}

/**
 * The next events of these streams, in order, at most so many in all; until the end of the transaction no other instance
 * reads them for this consumer. All consumers read the log here, so none reads a text that was removed.
 */
export async function readLog(
  tx: TransactionSql,
  consumer: string,
  streams: readonly string[],
  most: number,
): Promise<LogEvent[]> {
  return tx<LogEvent[]>`
    select stream, rev, kind, subject, type, data, at, epoch
    from read_log(${consumer}, ${[...streams]}::text[], ${most})`
}

/** The last event of each of these streams that has news, without its data; until the end of the transaction, as `readLog`. */
export async function readLast(
  tx: TransactionSql,
  consumer: string,
  streams: readonly string[],
): Promise<LogEvent[]> {
  return tx<LogEvent[]>`
    select stream, rev, kind, subject, type, data, at, epoch
    from read_last(${consumer}, ${[...streams]}::text[])`
}

/** Moves the cursor of each stream to the last of these events, and never back. */
export async function moveCursors(
  tx: TransactionSql,
  consumer: string,
  done: readonly LogEvent[],
): Promise<void> {
  const last = new Map(done.map(({ stream, rev }) => [stream, rev]))
  await tx`
    insert into cursors (consumer, stream, rev)
    select ${consumer}, stream, rev
    from unnest(${[...last.keys()]}::text[], ${[...last.values()]}::bigint[]) as done (stream, rev)
    on conflict (consumer, stream) do update set rev = excluded.rev
    where cursors.rev < excluded.rev`
}

/** One row for each stream in which a consumer is behind; one with a null stream for a consumer that is not behind. */
export async function readLag(sql: Sql): Promise<Lag[]> {
  return sql<Lag[]>`
    select
      consumers.name as consumer, stream, coalesce(waiting, 0) as waiting,
      coalesce(extract(epoch from clock_timestamp() - since), 0)::float8 as "oldestSeconds"
    from consumers left join lagging on lagging.consumer = consumers.name`
}

/**
 * Removes at most `most` rows that every consumer has read and, in rooms and the team, that are older than the last `kept`
 * revisions; returns how many. Rows that a registered consumer has not read stay, even if it does not run.
 */
export async function trimSome(
  sql: Sql,
  { kept, most }: { kept: number; most: number },
): Promise<number> {
  return sql.begin(async (tx) => {
    await tx`lock table consumers in share mode`
    const { count } = await tx`
      delete from log using (
        select old.stream, old.rev
        from heads
        cross join lateral (
          select least(
            heads.rev - case heads.kind when 'person' then 0 else ${kept}::bigint end,
            min(coalesce(cursors.rev, 0))
          ) as rev
          from consumers left join cursors
            on cursors.consumer = consumers.name and cursors.stream = heads.stream
          where heads.kind = any (consumers.reads)
        ) bound
        cross join lateral (
          select log.stream, log.rev from log
          where log.stream = heads.stream and log.rev <= bound.rev
          order by log.rev limit ${most}
        ) old
        limit ${most}
      ) old
      where log.stream = old.stream and log.rev = old.rev`
    return count
  })
}
