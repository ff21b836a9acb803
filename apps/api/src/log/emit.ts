import type { PersonEvent, RoomEvent, TeamEvent } from '@conclave/shared/events'
import type { Transaction } from '../transaction.ts'
import { streams } from './streams.ts'

/** What changed in a room: a catch-up answers its current state. */
export type Changed =
  | {
      kind: 'message' | 'member'
      /** The id of the message, or of the person. */
      subject: string
    }
  /** The room itself, which clients look at as a whole. */
  | { kind: 'room'; subject?: undefined }

/**
 * Takes the room's next revision for an event and writes it into the log. For an event of a message the revision also
 * becomes the message's, and its data is not in the log: reading the log joins the message in its current state. For an event
 * of a member it becomes that of the room's members. Without the lock, what is emitted could come from a state that another
 * request has changed.
 */
export async function emitToRoom(
  tx: Transaction,
  roomId: string,
  { type, data }: Exclude<RoomEvent, { type: 'message.posted' | 'message.superseded' }>,
  { kind, subject }: Changed,
): Promise<void> {
  if (!tx.lockedRooms.has(roomId))
    throw new Error(`${type} is emitted to a room that was not locked: call lockRoom first`)
  const storedData = kind === 'message' ? null : JSON.stringify(data)
  await tx.sql`
    with room as (
      update rooms set
        rev = rev + 1, members_rev = case when ${kind === 'member'} then rev + 1 else members_rev end
      where id = ${roomId} returning id, rev
    ),
    revised as (
      update messages set rev = room.rev from room
      where ${kind === 'message'} and messages.room_id = room.id and messages.id = ${subject ?? null}
        and messages.rev <> room.rev
    )
    insert into log (stream, rev, kind, subject, type, data)
    select ${streams.room(roomId)}, rev, ${kind}, ${subject ?? null}, ${type}, ${storedData}::text::json
    from room`
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
    insert into log (stream, rev, kind, type, data)
    select ${streams.person(personId)}, rev, 'notice', ${type}, ${JSON.stringify(data)}::text::json
    from person`
  tx.emittedTo.add(streams.person(personId))
}

export async function emitToTeam(tx: Transaction, { type, data }: TeamEvent): Promise<void> {
  const kind = type === 'workspace.updated' ? 'workspace' : 'person'
  // A change of presence is about many people, who are in its data.
  const subject = 'id' in data ? data.id : null
  await tx.sql`
    with team as (
      update team set rev = rev + 1 returning rev
    )
    insert into log (stream, rev, kind, subject, type, data)
    select ${streams.team}, rev, ${kind}, ${subject}, ${type}, ${JSON.stringify(data)}::text::json
    from team`
  tx.emittedTo.add(streams.team)
}
