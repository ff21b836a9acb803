import type postgres from 'postgres'
import { StackError } from '../stack-error.ts'
import { columnsOfRooms } from './flood-rooms.ts'

/** Digests are worked out again for about so many messages. */
const DIGESTS_CHECKED = 20_000

/** What holds in every database of Conclave, each as a query for what contradicts it. */
const INVARIANTS: Record<string, string> = {
  'seqs of a room have no gaps': `
    select rooms.id from rooms left join (
      select room_id, count(*), min(seq), max(seq) from messages group by room_id
    ) said on said.room_id = rooms.id
    where (rooms.last_seq, rooms.last_seq, least(rooms.last_seq, 1))
      is distinct from (coalesce(said.count, 0), coalesce(said.max, 0), coalesce(said.min, 0))`,
  'a revision is of one message, and the room has reached it': `
    select room_id from messages join rooms on rooms.id = room_id
    group by room_id, rooms.rev
    having count(distinct messages.rev) < count(*) or max(messages.rev) > rooms.rev`,
  'the log has the last revisions of each room, without gaps': `
    select id from rooms cross join lateral (
      select count(*) from log
      where stream = 'room:' || rooms.id and log.rev > rooms.rev - 500 and log.rev <= rooms.rev
    ) kept
    where kept.count <> least(rooms.rev, 500)`,
  'nothing is in the log beyond its stream': `
    select log.rev from log left join heads on heads.stream = log.stream
    where log.rev > coalesce(heads.rev, 0)`,
  'the log names messages and members that are there': `
    select log.rev from log
    left join messages on messages.id = log.subject and messages.room_id = substr(log.stream, 6)::uuid
    where log.kind = 'message' and messages.rev is distinct from greatest(messages.rev, log.rev)`,
  'every consumer has read everything': `
    select consumers.name from consumers join heads on heads.kind = any (consumers.reads)
    left join cursors on cursors.consumer = consumers.name and cursors.stream = heads.stream
    where coalesce(cursors.rev, 0) <> heads.rev`,
  'a read position is a seq of its room': `
    select room_id from memberships join rooms on rooms.id = room_id
    where read_seq not between 0 and last_seq`,
  'nothing is left of a removed message': `
    select id from messages m where removed_at is not null and (
      (text, edited_at, reply_to, mentions, notifies, reactions::text) is distinct from
        ('', null::timestamptz, null::uuid, null::uuid[], null::text, null::text)
      or exists (select from reactions where room_id = m.room_id and message_id = m.id)
      or exists (select from versions where room_id = m.room_id and message_id = m.id)
      or exists (select from mentions where room_id = m.room_id and seq = m.seq)
    )`,
  'a message was edited after it was posted': `
    select id from messages where edited_at < created_at`,
  'earlier texts are of edited messages, and kept only where they are shown': `
    select message_id from versions cross join workspace
    left join messages on messages.room_id = versions.room_id and messages.id = message_id
    where not show_versions or messages.edited_at is null`,
  'authors are people': `
    select author_id from messages except select id from people`,
  'addresses are of one person each': `
    select lower(email) from people group by lower(email) having count(*) > 1`,
  'somebody owns the workspace': `
    select 1 where not exists (select from people where role = 'owner' and blocked_at is null)`,
  'everybody is in the rooms that everybody is in': `
    select people.id from people cross join rooms
    where rooms.is_default and archived_at is null and blocked_at is null and not exists (
      select from memberships where room_id = rooms.id and person_id = people.id
    )`,
  'every room that is not direct has an owner': `
    select id from rooms
    where kind <> 'direct' and exists (select from memberships where room_id = rooms.id)
      and not exists (select from memberships where room_id = rooms.id and role = 'owner')`,
  'a direct room is named after its members': `
    select id from rooms where kind = 'direct' and direct_key is distinct from (
      select string_agg(person_id::text, ' ' order by person_id::text collate "C")
      from memberships where room_id = rooms.id and role = 'member'
    )`,
}

/** Throws a `StackError` with the invariants that do not hold, and how many rows break each. */
export async function checkInvariants(tx: postgres.TransactionSql): Promise<void> {
  const broken: string[] = []
  const all = { ...INVARIANTS, ...(await storedCounts(tx)), ...(await digests(tx)) }
  for (const [invariant, query] of Object.entries(all)) {
    const [row] = await tx.unsafe<{ count: number }[]>(
      `select count(*)::int as count from (${query}) broken`,
    )
    if (row && row.count > 0) broken.push(`${invariant}: not in ${row.count} places`)
  }
  if (broken.length > 0)
    throw new StackError(`What has to hold does not, so nothing was kept.\n${broken.join('\n')}`)
}

async function storedCounts(tx: postgres.TransactionSql): Promise<Record<string, string>> {
  const columns = await columnsOfRooms(tx)
  return {
    ...(columns.has('member_count') && {
      'a room counts its members': `
        select id from rooms where member_count <>
          (select count(*) from memberships where room_id = rooms.id)`,
    }),
    ...(columns.has('members_rev') && {
      'a room knows when its members changed last': `
        select id from rooms where members_rev > rev or members_rev < coalesce(
          (select max(rev) from log where stream = 'room:' || rooms.id and kind = 'member'), 0
        )`,
    }),
  }
}

async function digests(tx: postgres.TransactionSql): Promise<Record<string, string>> {
  const [row] = await tx<{ step: number }[]>`
    select greatest(1, count(*) / ${DIGESTS_CHECKED}::int)::int as step from messages`
  return {
    'a message has its digest': `
      select id from messages where seq % ${row?.step ?? 1} = 0
        and digest is distinct from sha256(convert_to(message_json(messages)::text, 'UTF8'))`,
  }
}
