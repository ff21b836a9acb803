import type { AdminPerson } from '@conclave/shared/admin'
import type { WorkspaceRole } from '@conclave/shared/people'
import type { Actor } from '../../actor.ts'
import type { Sql, TransactionSql } from '../../database/connection.ts'
import { problem } from '../../problem.ts'
import { readRole } from '../people/people.store.ts'
import { readAdminPerson } from './admin.store.ts'

/** Access to the workspace's administration. The role is read from the database; a token says nothing of roles. */
export async function accessAdmin(sql: Sql | TransactionSql, actor: Actor): Promise<WorkspaceRole> {
  const role = await readRole(sql, actor.personId)
  if (role !== 'owner' && role !== 'admin') throw problem('not-allowed')
  return role
}

/** A person that the caller may administer: owners everyone, admins members. */
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

/** Only owners change roles: an admin could otherwise make themselves an owner. */
export async function accessRoles(
  sql: TransactionSql,
  actor: Actor,
  personId: string,
): Promise<AdminPerson> {
  const role = await accessAdmin(sql, actor)
  if (role !== 'owner') throw problem('not-allowed')
  return accessPerson(sql, actor, personId)
}
