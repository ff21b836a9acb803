import type { PersonEvent, RoomEvent, TeamEvent } from '@conclave/shared/events'
import type { Transaction } from '../transaction.ts'
import { streams } from './streams.ts'

/** What of a room has changed, for whoever was away: `changes` answers the present state of it. */
export interface Changed {
  kind: 'message' | 'member'
  /** The id of the message, or of the person. */
  subject: string
}

/** Takes the room's next revision for an event, and notes what catching up has to fetch. */
export async function emitToRoom(
  tx: Transaction,
  roomId: string,
  { type, data }: Exclude<RoomEvent, { type: 'message.posted' }>,
  { kind, subject }: Changed,
): Promise<void> {
  await tx.sql`
    with room as (
      update rooms set rev = rev + 1 where id = ${roomId} returning id, rev
    ),
    noted as (
      insert into changes (room_id, rev, kind, subject)
      select id, rev, ${kind}, ${subject} from room
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
