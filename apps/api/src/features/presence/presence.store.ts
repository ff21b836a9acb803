import type { Channel } from '@conclave/shared/channels'
import type { Sql, TransactionSql } from '../../database/connection.ts'

export type PersonChannel = Channel & { kind: 'person' }

/** A person's stored presence. */
export interface StoredPresence {
  personId: string
  /** Whether they have a connection; the team may not have been told yet. */
  online: boolean
  /** The time of the last webhook about them, by Pusher's clock. */
  webhookAtMs: number
}

/** The people whose own channel, at its current epoch, is among these. */
export async function currentOnes(
  sql: Sql | TransactionSql,
  channels: readonly PersonChannel[],
): Promise<Set<string>> {
  const rows = await sql<{ id: string }[]>`
    select people.id from people
    join unnest(
      ${channels.map(({ personId }) => personId)}::uuid[],
      ${channels.map(({ epoch }) => epoch)}::bigint[]
    ) as given (id, epoch) on given.id = people.id and given.epoch = people.epoch`
  return new Set(rows.map(({ id }) => id))
}

/** The stored presence of these people, locked until the transaction ends. */
export async function lockPresence(
  sql: TransactionSql,
  personIds: readonly string[],
): Promise<StoredPresence[]> {
  await sql`
    insert into presence (person_id, online)
    select id, false from people where id = any (${[...personIds]}::uuid[]) order by id
    on conflict do nothing`
  return sql<StoredPresence[]>`
    select person_id as "personId", online, told_at_ms as "webhookAtMs"
    from presence where person_id = any (${[...personIds]}::uuid[])
    order by person_id for no key update`
}

export async function updatePresence(
  sql: TransactionSql,
  seen: readonly StoredPresence[],
): Promise<void> {
  await sql`
    update presence set
      online = now.online,
      told_at_ms = now.told_at_ms,
      changed_at = case
        when presence.online <> now.online then clock_timestamp() else presence.changed_at
      end
    from unnest(
      ${seen.map(({ personId }) => personId)}::uuid[],
      ${seen.map(({ online }) => String(online))}::text[]::boolean[],
      ${seen.map(({ webhookAtMs }) => webhookAtMs)}::bigint[]
    ) as now (person_id, online, told_at_ms)
    where presence.person_id = now.person_id`
}

/** The stored presence of everybody. */
export async function readPresence(sql: Sql): Promise<StoredPresence[]> {
  return sql<StoredPresence[]>`
    select
      people.id as "personId",
      coalesce(presence.online, false) as online,
      coalesce(presence.told_at_ms, 0) as "webhookAtMs"
    from people left join presence on presence.person_id = people.id`
}
