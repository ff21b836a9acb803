import type { Transaction } from '../transaction.ts'
import { streams } from '../log/streams.ts'

/** Where somebody hears no more: these rooms, their own notices, the team. */
export interface Cut {
  roomIds: readonly string[]
  personId?: string
  team?: boolean
}

/**
 * Locks what a cut will change, in the one order: the rooms, then everybody who will have to be told.
 * Comes before anything else that an act does to people, and after the memberships that it changes.
 */
export async function lockCut(
  { sql }: Transaction,
  { roomIds, personId, team }: Cut,
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
 * Gives channels new names, and with them new keys. A signature for a channel lasts as long as its socket and nobody
 * can take it back, so this is the only way to stop a client that does not want to stop.
 * Everybody else who hears them is told on their own channel. The caller has called `lockCut`, and calls `leaveBehind`
 * if it is this act that somebody waits for.
 */
export async function raiseEpochs(
  tx: Transaction,
  { roomIds, personId, team }: Cut,
): Promise<void> {
  const { sql } = tx
  await sql`update rooms set epoch = epoch + 1 where id = any (${[...roomIds]}::uuid[])`
  if (personId) await sql`update people set epoch = epoch + 1 where id = ${personId}`
  if (team) await sql`update team set epoch = epoch + 1`
  await tellRekeyed(tx, roomIds, team ?? false)
}

/** Lets the act settle only once nothing is on its way to an old name of these channels. */
export function leaveBehind(tx: Transaction, left: readonly string[]): void {
  for (const stream of left) tx.leftBehind.add(stream)
}

async function tellRekeyed(tx: Transaction, roomIds: readonly string[], team: boolean) {
  const { sql } = tx
  const told = await sql<{ id: string }[]>`
    with heard as (
      select m.person_id,
        json_agg(json_build_object('roomId', r.id, 'epoch', r.epoch) order by r.id) as rooms
      from rooms r join memberships m on m.room_id = r.id
      where r.id = any (${[...roomIds]}::uuid[])
      group by m.person_id
    ),
    told as (
      update people set rev = rev + 1
      where blocked_at is null and (${team} or id in (select person_id from heard))
      returning id, rev
    )
    insert into log (stream, rev, kind, type, data)
    select 'person:' || told.id, told.rev, 'notice', 'rekeyed', json_build_object(
      'rooms', coalesce(heard.rooms, '[]'),
      'team', (select epoch from team where ${team})
    )
    from told left join heard on heard.person_id = told.id
    returning substr(stream, 8) as id`
  for (const { id } of told) tx.emittedTo.add(streams.person(id))
}
