import type { Channel } from '@conclave/shared/channels'
import type { Sql } from '../../database/connection.ts'

/** Those of these channels that belong to an existing room, a person or the team, and are of another epoch. */
export async function outdatedChannels(
  sql: Sql,
  channels: ReadonlyMap<string, Channel>,
): Promise<string[]> {
  const all = [...channels].map(([name, channel]) => ({ name, ...channel, id: idOf(channel) }))
  const rows = await sql<{ name: string }[]>`
    select given.name
    from unnest(
      ${all.map(({ name }) => name)}::text[],
      ${all.map(({ kind }) => kind)}::text[],
      ${all.map(({ id }) => id)}::uuid[],
      ${all.map(({ epoch }) => epoch)}::bigint[]
    ) as given (name, kind, id, epoch)
    where given.epoch <> case given.kind
      when 'room' then (select epoch from rooms where id = given.id)
      when 'person' then (select epoch from people where id = given.id)
      when 'team' then (select epoch from team)
    end`
  return rows.map(({ name }) => name)
}

/** Stores when each of these channels was first seen, removes the others, and returns those seen for too long. */
export async function updateStaleChannels(
  sql: Sql,
  outdated: readonly string[],
): Promise<string[]> {
  await sql`delete from lurkers where channel <> all (${[...outdated]}::text[])`
  await sql`
    insert into lurkers (channel) select unnest(${[...outdated]}::text[]) on conflict do nothing`
  return readStaleChannels(sql)
}

export async function readStaleChannels(sql: Sql): Promise<string[]> {
  const rows = await sql<{ channel: string }[]>`
    select channel from lurkers where first_seen_at <= now() - interval '1 minute' order by channel`
  return rows.map(({ channel }) => channel)
}

function idOf(channel: Channel): string | null {
  if (channel.kind === 'team') return null
  return channel.kind === 'person' ? channel.personId : channel.roomId
}
