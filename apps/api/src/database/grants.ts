import type { Sql, TransactionSql } from './connection.ts'
import { ensureApiRole } from './api-role.ts'
import { MIGRATION_LOCK } from './migrate.ts'

/**
 * Grants the api's role its rights on every start, so that they cover tables of later migrations. In one transaction,
 * so that no connection sees it half done.
 */
export async function grantToApi(owner: Sql, role: string): Promise<void> {
  await owner.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${MIGRATION_LOCK})`
    await ensureApiRole(tx, role)
    await grantOrdinary(tx, role)
    await protectAudit(tx, role)
  })
}

/** The api may read and write rows; only the owner may change or truncate tables. */
async function grantOrdinary(tx: TransactionSql, role: string): Promise<void> {
  const api = tx(role)
  await tx`grant usage on schema public to ${api}`
  await tx`grant select, insert, update, delete on all tables in schema public to ${api}`
  await tx`grant usage, select on all sequences in schema public to ${api}`
  await tx`grant execute on all functions in schema public to ${api}`
}

/** Audit entries may be read and inserted; their number, time, text and hash are set by the chain's trigger. */
async function protectAudit(tx: TransactionSql, role: string): Promise<void> {
  const api = tx(role)
  await tx`revoke all on migrations, audit, audit_head from ${api}`
  await tx`revoke execute on function chain_audit() from ${api}`
  await tx`grant select on audit to ${api}`
  await tx`
    grant insert (actor_id, action, target, before, after, request_id, problem) on audit to ${api}`
}
