import type { PersonEvent, RoomEvent, TeamEvent } from '@conclave/shared/events'
import type { Transaction } from '../transaction.ts'
import { streams } from './streams.ts'

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
