import type { PersonEvent, RoomEvent, TeamEvent } from '@conclave/shared/events'
import type { Context } from '../context.ts'
import type { TransactionSql } from '../database/connection.ts'
import { isConflict } from '../database/write-errors.ts'
import { insertEntries, logEntries, type EntryDraft } from '../features/audit/audit.store.ts'
import { flightsLanded } from './landing.ts'
import { streams } from './streams.ts'

const ATTEMPTS = 4

/** A write in progress: its SQL, the streams it has emitted to, and those whose old channel it leaves behind. */
export interface Transaction {
  readonly sql: TransactionSql
  readonly emittedTo: Set<string>
  readonly leftBehind: Set<string>
  /** What the audit log will say of it. */
  readonly acts: EntryDraft[]
  /** People for whom it has queued steps of a revocation. */
  readonly revoking: Set<string>
}

/**
 * Runs a write in one transaction and, once it is committed, wakes who carries out what it emitted and queued. When the write has
 * raised epochs, it settles only after the last publish to an old channel has ended.
 * Locks are taken in one order everywhere: rooms, memberships, people (each by id), the team, then the audit log.
 * `work` may run again when it met another writer, so it does nothing outside its transaction.
 */
export async function inTransaction<Result>(
  ctx: Context,
  work: (tx: Transaction) => Promise<Result>,
  attempt = 1,
): Promise<Result> {
  const emittedTo = new Set<string>()
  const leftBehind = new Set<string>()
  const revoking = new Set<string>()
  try {
    const { result, entries } = await ctx.sql.begin(async (sql) => {
      const acts: EntryDraft[] = []
      const result = await work({ sql, emittedTo, leftBehind, acts, revoking })
      return { result, entries: await insertEntries(sql, acts) }
    })
    logEntries(ctx.log, entries)
    ctx.relay.wake(emittedTo)
    if (revoking.size > 0) ctx.revocation.wake()
    if (leftBehind.size > 0) await flightsLanded(ctx, leftBehind)
    return result
  } catch (error) {
    if (attempt >= ATTEMPTS || !isConflict(error)) throw error
    return inTransaction(ctx, work, attempt + 1)
  }
}

/** Takes the room's next revision for an event; `subject` is what catch-up will fetch. */
export async function emitToRoom(
  tx: Transaction,
  roomId: string,
  { type, data }: Exclude<RoomEvent, { type: 'message.posted' }>,
  subject: string,
): Promise<void> {
  await tx.sql`
    with room as (
      update rooms set rev = rev + 1 where id = ${roomId} returning id, rev
    ),
    noted as (
      insert into changes (room_id, rev, kind, subject)
      select id, rev, 'member', ${subject} from room
    )
    insert into outbox (stream, rev, type, data)
    select ${streams.room(roomId)}, rev, ${type}, ${JSON.stringify(data)}::text::json from room`
  tx.emittedTo.add(streams.room(roomId))
}

export async function emitToPerson(
  tx: Transaction,
  personId: string,
  { type, data }: PersonEvent,
): Promise<void> {
  await tx.sql`
    with person as (
      update people set rev = rev + 1 where id = ${personId} returning rev
    )
    insert into outbox (stream, rev, type, data)
    select ${streams.person(personId)}, rev, ${type}, ${JSON.stringify(data)}::text::json
    from person`
  tx.emittedTo.add(streams.person(personId))
}

export async function emitToTeam(tx: Transaction, { type, data }: TeamEvent): Promise<void> {
  await tx.sql`
    with team as (
      update team set rev = rev + 1 returning rev
    )
    insert into outbox (stream, rev, type, data)
    select ${streams.team}, rev, ${type}, ${JSON.stringify(data)}::text::json from team`
  tx.emittedTo.add(streams.team)
}
