import type { Workspace, WorkspaceSettings } from '@conclave/shared/workspace'
import type { Acting } from '../../actor.ts'
import { isLetIn } from '../../admission.ts'
import type { Sql, TransactionSql } from '../../database/connection.ts'

/** Each statement has to end within the statement timeout, however much was kept. */
const DELETED_AT_ONCE = 20_000

/**
 * For somebody who changes them: nobody else has anything to do with them until the end of the transaction, nor does an edit,
 * which shares this lock (`edit_message`). After rooms and memberships.
 */
export async function lockSettings(sql: TransactionSql): Promise<void> {
  await sql`select pg_advisory_xact_lock(workspace_lock())`
}

export async function readSettings(sql: TransactionSql): Promise<WorkspaceSettings> {
  const [settings] = await sql<WorkspaceSettings[]>`
    select ${settingsColumns(sql)} from workspace`
  if (!settings) throw new Error('The workspace has no settings')
  return settings
}

/** The settings with the team's revision, from one snapshot; undefined for a reader without access. */
export async function readWorkspace(sql: Sql, reader: Acting): Promise<Workspace | undefined> {
  const [workspace] = await sql<Workspace[]>`
    select ${settingsColumns(sql)}, team.rev from workspace cross join team
    where ${isLetIn(sql, reader)}`
  return workspace
}

export async function updateSettings(
  sql: TransactionSql,
  { editWindowMinutes, showVersions }: WorkspaceSettings,
): Promise<void> {
  await sql`
    update workspace set
      edit_window_minutes = ${editWindowMinutes}, show_versions = ${showVersions}`
}

/** Deletes all earlier texts of all messages. */
export async function deleteVersions(sql: TransactionSql): Promise<void> {
  let deleted: number
  do {
    const { count } = await sql`
      delete from versions where ctid = any (
        array(select ctid from versions limit ${DELETED_AT_ONCE})
      )`
    deleted = count
  } while (deleted === DELETED_AT_ONCE)
}

function settingsColumns(sql: Sql | TransactionSql) {
  return sql`edit_window_minutes as "editWindowMinutes", show_versions as "showVersions"`
}
