import type { AdminPerson } from '@conclave/shared/admin'
import type { WorkspaceRole } from '@conclave/shared/people'
import type { Actor } from '../../actor.ts'
import type { Sql, TransactionSql } from '../../database/connection.ts'
import { problem } from '../../problem.ts'
import { readRole } from '../people/people.store.ts'
import { readAdminPerson } from './admin.store.ts'

/** The workspace's administration, by the role of this moment: a token never says what its bearer may do. */
export async function accessAdmin(sql: Sql | TransactionSql, actor: Actor): Promise<WorkspaceRole> {
  const role = await readRole(sql, actor.personId)
  if (role !== 'owner' && role !== 'admin') throw problem('not-allowed')
  return role
}

/** Somebody over whom the caller may decide: owners over everyone, admins over members. */
export async function accessPerson(
  sql: TransactionSql,
  actor: Actor,
  personId: string,
): Promise<AdminPerson> {
  const role = await accessAdmin(sql, actor)
  const person = await readAdminPerson(sql, personId)
  if (!person) throw problem('person-not-found')
  if (role === 'admin' && person.role !== 'member') throw problem('not-allowed')
  return person
}

/** Roles are the owners' to give: an admin could otherwise make themselves one. */
export async function accessRoles(
  sql: TransactionSql,
  actor: Actor,
  personId: string,
): Promise<AdminPerson> {
  const role = await accessAdmin(sql, actor)
  if (role !== 'owner') throw problem('not-allowed')
  return accessPerson(sql, actor, personId)
}
