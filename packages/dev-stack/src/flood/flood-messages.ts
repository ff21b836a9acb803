import type postgres from 'postgres'
import { SENTENCES } from './flood-words.ts'

/** Multiplied with a number and cut to 32 bits, neighbours become far apart: Knuth's multiplicative hash. */
const SCATTER = 2_654_435_761

/**
 * Adds all messages, each by a member of its room. The table's own trigger writes the digests.
 */
export async function insertMessages(tx: postgres.TransactionSql, people: number): Promise<void> {
  await tx`
    insert into messages (room_id, id, seq, rev, author_id, text, created_at)
    select room.id,
      (lpad(to_hex(1767225600000 + room.n::bigint * 1000 + said.s), 12, '0') || '70038000'
        || lpad(to_hex(said.s), 12, '0'))::uuid,
      room.seq_before + said.s,
      room.rev_before + room.joined + said.s,
      author.id,
      (${SENTENCES}::text[])[1 + said.scattered % ${SENTENCES.length}::int] || ' '
        || (${SENTENCES}::text[])[1 + said.scattered / 64 % ${SENTENCES.length}::int],
      room.begins_at + (now() - room.begins_at) * (said.s::float8 / room.messages)
    from flood_rooms room
    cross join lateral (
      select s, ((s + room.n * 977::bigint) * ${SCATTER}::bigint) % 4294967296 / 16 as scattered
      from generate_series(1, room.messages) s
    ) said
    join flood_people author on author.n = case
      -- One in twelve is the owner's, where they are a member.
      when room.has_owner and said.scattered % 12 = 0 then 0
      else 1 + ((room.start + (said.scattered % room.members) * room.step) % ${people - 1}::int)::int
    end`
}

/** As many revisions of each room as catching up answers; older ones were trimmed in a database that grew to this size. */
export async function insertLog(tx: postgres.TransactionSql, kept: number): Promise<void> {
  await tx`
    insert into log (stream, rev, kind, subject, type, data, at)
    select 'room:' || room.id, member.rev, 'member', member.person_id, 'member.joined',
      json_build_object(
        'personId', member.person_id, 'role', member.role, 'joinedAt', wire_time(member.joined_at)
      ),
      member.joined_at
    from flood_rooms room join flood_members member on member.n = room.n
    where member.rev > room.rev_before + room.joined + room.messages - ${kept}::int
    order by room.n, member.rev`
  await tx`
    insert into log (stream, rev, kind, subject, type, at)
    select 'room:' || said.room_id, said.rev, 'message', said.id, 'message.posted', said.created_at
    from flood_rooms room join messages said
      on said.room_id = room.id
      and said.seq > room.seq_before + greatest(0, room.messages - ${kept}::int)
    order by room.n, said.rev`
}
