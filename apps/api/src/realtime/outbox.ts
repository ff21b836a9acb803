import type { PersonEvent, RoomEvent, TeamEvent } from '@conclave/shared/events'
import type { Context } from '../context.ts'
import type { TransactionSql } from '../database/connection.ts'
import { streams } from './streams.ts'

/** A write in progress: its SQL, and the streams it has emitted to. */
export interface Transaction {
  readonly sql: TransactionSql
  readonly emittedTo: Set<string>
}

/**
 * Runs a write in one transaction and, once it is committed, wakes the relay for what it emitted.
 * Locks are taken in one order everywhere: rooms, memberships, people (each by id), then the team.
 */
export async function inTransaction<Result>(
  ctx: Context,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  const emittedTo = new Set<string>()
  const result = await ctx.sql.begin(async (sql) => work({ sql, emittedTo }))
  ctx.relay.wake(emittedTo)
  return result as Result
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
