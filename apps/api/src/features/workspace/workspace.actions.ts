import type { Workspace, WorkspaceSettings } from '@conclave/shared/workspace'
import type { Actor } from '../../actor.ts'
import { recordAct } from '../../audit/record-act.ts'
import type { Context } from '../../context.ts'
import { emitToTeam } from '../../log/emit.ts'
import { problem } from '../../problem.ts'
import { inTransaction } from '../../transaction.ts'
import { accessAdmin } from '../admin/admin.access.ts'
import {
  deleteVersions,
  lockSettings,
  readSettings,
  readWorkspace,
  updateSettings,
} from './workspace.store.ts'

export async function getWorkspace(ctx: Context, reader: Actor): Promise<Workspace> {
  const workspace = await readWorkspace(ctx.sql, reader)
  if (!workspace) throw problem('not-signed-in')
  return workspace
}

/**
 * Changes the settings; what they are already is neither recorded nor published. Where earlier texts are not to be read any
 * more, those that were kept are deleted with it. Throws `not-allowed` unless the caller administers the workspace.
 */
export async function updateWorkspace(
  ctx: Context,
  actor: Actor,
  settings: WorkspaceSettings,
): Promise<Workspace> {
  // Checked before anything is locked, so that a refused request blocks no other.
  await accessAdmin(ctx.sql, actor)
  await inTransaction(ctx, actor, async (tx) => {
    await lockSettings(tx.sql)
    await accessAdmin(tx.sql, actor)
    const before = await readSettings(tx.sql)
    const after = { ...before, ...settings }
    if (isSame(before, after)) return
    await updateSettings(tx.sql, after)
    if (!after.showVersions) await deleteVersions(tx.sql)
    recordAct(tx, actor, { action: 'workspace.updated', target: {}, before, after })
    await emitToTeam(tx, { type: 'workspace.updated', data: after })
  })
  return getWorkspace(ctx, actor)
}

function isSame(before: WorkspaceSettings, after: WorkspaceSettings): boolean {
  return (
    before.editWindowMinutes === after.editWindowMinutes &&
    before.showVersions === after.showVersions
  )
}
