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
}
