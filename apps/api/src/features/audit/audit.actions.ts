import type { AuditPage } from '@conclave/shared/audit'
import type { Actor } from '../../actor.ts'
import type { Context } from '../../context.ts'
import { inTransaction } from '../../transaction.ts'
import { accessAdmin } from '../admin/admin.access.ts'
import { readEntries, readLast } from '../../audit/audit.store.ts'
import { recordAct } from '../../audit/record-act.ts'

export async function listAudit(
  ctx: Context,
  actor: Actor,
  page: { after: number; limit: number },
): Promise<AuditPage> {
  return inTransaction(ctx, actor, async (tx) => {
    await accessAdmin(tx.sql, actor)
    const entries = await readEntries(tx.sql, page)
    const last = await readLast(tx.sql)
    recordAct(tx, actor, {
      action: 'audit.read',
      target: {},
      after: { from: page.after + 1, entries: entries.length },
    })
    return { entries, last: last ?? null }
  })
}
