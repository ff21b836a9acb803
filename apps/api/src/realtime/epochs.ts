import type { Transaction } from '../transaction.ts'
import { streams } from '../log/streams.ts'

/** The channels to rekey: of these rooms, of a person, of the team. */
export interface Rekey {
  roomIds: readonly string[]
  personId?: string
  team?: boolean
}

/**
 * Locks what a rekey changes, in the one order: the rooms, then everybody who gets the new epochs. The action must not
 * have locked people before, and must have locked the memberships that it changes.
 */
export async function lockRekey(
  { sql }: Transaction,
  { roomIds, personId, team }: Rekey,
): Promise<void> {
  await sql`
    select from rooms where id = any (${[...roomIds]}::uuid[]) order by id for no key update`
  await sql`
    select from people
    where id = ${personId ?? null} or ${team ?? false} or id in (
      select person_id from memberships where room_id = any (${[...roomIds]}::uuid[])
    )
    order by id for no key update`
}

/**
 * Gives channels new names, and with them new keys. A signature for a channel lasts as long as its socket and cannot be
 * revoked, so this is the only way to stop a client that does not unsubscribe. The other subscribers get the new epochs
 * on their own channels. Call `lockRekey` before, and `leaveBehind` if the action has to wait for flights to the old ones.
 */
export async function raiseEpochs(
  tx: Transaction,
  { roomIds, personId, team }: Rekey,
): Promise<void> {
  const { sql } = tx
  await sql`update rooms set epoch = epoch + 1 where id = any (${[...roomIds]}::uuid[])`
  if (personId) await sql`update people set epoch = epoch + 1 where id = ${personId}`
  if (team) await sql`update team set epoch = epoch + 1`
  await emitRekeyed(tx, roomIds, team ?? false)
}

/** Makes the action wait, after its commit, until nothing is being published to an earlier epoch of these channels. */
export function leaveBehind(tx: Transaction, left: readonly string[]): void {
  for (const stream of left) tx.leftBehind.add(stream)
}

/** Sends a `rekeyed` notice to the members of the rooms; for the team's channel to everybody. */
async function emitRekeyed(tx: Transaction, roomIds: readonly string[], team: boolean) {
  const { sql } = tx
  const notified = await sql<{ id: string }[]>`
    with member_rooms as (
      select m.person_id,
        json_agg(json_build_object('roomId', r.id, 'epoch', r.epoch) order by r.id) as rooms
      from rooms r join memberships m on m.room_id = r.id
      where r.id = any (${[...roomIds]}::uuid[])
      group by m.person_id
    ),
    notified as (
      update people set rev = rev + 1
      where blocked_at is null and (${team} or id in (select person_id from member_rooms))
      returning id, rev
    )
    insert into log (stream, rev, kind, type, data)
    select 'person:' || notified.id, notified.rev, 'notice', 'rekeyed', json_build_object(
      'rooms', coalesce(member_rooms.rooms, '[]'),
      'team', (select epoch from team where ${team})
    )
    from notified left join member_rooms on member_rooms.person_id = notified.id
    returning substr(stream, 8) as id`
  for (const { id } of notified) tx.emittedTo.add(streams.person(id))
}
