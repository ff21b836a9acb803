import type postgres from 'postgres'

/**
 * Raises the revisions of the lists that have changed, so that clients that were open load them again, and lets every
 * consumer have read everything: none of it may be published.
 */
export async function moveHeads(tx: postgres.TransactionSql): Promise<void> {
  await tx`
    update people set rev = rev + 1
    where id in (select id from flood_people where was_there)`
  await tx`
    update team set rev = rev + (select count(*) from flood_people where not was_there)`
  await tx`
    insert into cursors (consumer, stream, rev)
    select consumers.name, heads.stream, heads.rev
    from consumers join heads on heads.kind = any (consumers.reads)
    where heads.rev > 0
    on conflict (consumer, stream) do update set rev = excluded.rev
    where cursors.rev < excluded.rev`
  await letSearchFill(tx)
}

/** What search has not read in the log it indexes in the background, as after an update; older releases have no search. */
async function letSearchFill(tx: postgres.TransactionSql): Promise<void> {
  const [there] = await tx<{ fill: string | null }[]>`
    select to_regclass('public.search_fill') as fill`
  if (!there?.fill) return
  await tx`
    insert into search_fill (room_id, below)
    select id, last_seq + 1 from rooms where last_seq > 0
    on conflict (room_id) do update set below = excluded.below`
}
