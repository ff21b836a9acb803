import type { Sql, TransactionSql } from './connection.ts'
import { ensureApiRole } from './api-role.ts'
import { MIGRATION_LOCK } from './migrate.ts'

/**
 * What the api's role may do, said anew on every start, so that it covers what later migrations made.
 * Nobody sees it half done: it is one transaction.
 */
export async function grantToApi(owner: Sql, role: string): Promise<void> {
  await owner.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${MIGRATION_LOCK})`
    await ensureApiRole(tx, role)
    await grantOrdinary(tx, role)
    await protectAudit(tx, role)
  })
}

/** Rows may be read and written; what tables there are, and emptying them whole, is the owner's. */
async function grantOrdinary(tx: TransactionSql, role: string): Promise<void> {
  const api = tx(role)
  await tx`grant usage on schema public to ${api}`
  await tx`grant select, insert, update, delete on all tables in schema public to ${api}`
  await tx`grant usage, select on all sequences in schema public to ${api}`
  await tx`grant execute on all functions in schema public to ${api}`
}

/** Entries are added, with what the caller knows of them, and read. Number, time, text and hash are the chain's. */
async function protectAudit(tx: TransactionSql, role: string): Promise<void> {
  const api = tx(role)
  await tx`revoke all on migrations, audit, audit_head from ${api}`
  await tx`revoke execute on function chain_audit() from ${api}`
  await tx`grant select on audit to ${api}`
  await tx`
    grant insert (actor_id, action, target, before, after, request_id, problem) on audit to ${api}`
}
