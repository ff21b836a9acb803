import type { Sql, TransactionSql } from '../database/connection.ts'
import type { StreamKind } from './streams.ts'

/** How many revisions of a room stay in the log when everybody has read them: as many as catching up answers. */
export const KEPT_REVS = 500

/** What happened in a stream, as a consumer is given it; (stream, rev) names it for ever. */
export interface LogEvent {
  stream: string
  rev: number
  kind: 'message' | 'member' | 'person' | 'notice'
  /** The id of the message, or of the person; null for a notice. */
  subject: string | null
  /**
   * A type of event of the contract; `message.superseded` when the message is gone, or when this change of it has been
   * followed by another. That it was posted is told once and in any case.
   */
  type: string
  /** What the contract says of the type: of a message, the message as it is now, which may be of a later revision. */
  data: unknown
  at: string
  /** The epoch of its room, its person or the team, at this moment. */
  epoch: number
}

/** How far a consumer is behind in a stream. */
export interface Lag {
  consumer: string
  /** Null: it is nowhere behind. */
  stream: string | null
  waiting: number
  oldestSeconds: number
}

/**
 * A consumer that is new begins with what happens from now on, also where it reads a kind of stream that it did not read
 * before; a known one goes on from its cursors. Kinds are never taken away: an earlier release that reads fewer, started in
 * between, would lose what the others have not read.
 */
export async function registerConsumer(
  sql: Sql,
  name: string,
  reads: readonly StreamKind[],
): Promise<void> {
  await sql.begin(async (tx) => {
    // Neither another instance that registers it, nor the round that trims the log, sees half of it.
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
 * reads them for this consumer. Everybody who reads the log does so here, so nobody reads a text that was removed.
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

/** These events are done: the cursor of each of their streams moves on to the last of them, and never back. */
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

/** Where consumers are behind; of one that is nowhere behind, a line that says so. */
export async function readLag(sql: Sql): Promise<Lag[]> {
  return sql<Lag[]>`
    select
      consumers.name as consumer, stream, coalesce(waiting, 0) as waiting,
      coalesce(extract(epoch from clock_timestamp() - since), 0)::float8 as "oldestSeconds"
    from consumers left join lagging on lagging.consumer = consumers.name`
}

/**
 * Removes some of what every consumer has read and, of a room, is further behind its end than `kept` revisions; answers how
 * many. A registered consumer that does not run keeps what it has not read.
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
            heads.rev - case heads.kind when 'room' then ${kept}::bigint else 0 end,
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
