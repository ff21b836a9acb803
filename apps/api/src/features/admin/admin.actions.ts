import type {
  AdminPerson,
  listAdminPeople as listAdminPeopleEndpoint,
} from '@conclave/shared/admin'
import type { Query, Result } from '@conclave/shared/contract'
import type { WorkspaceRole } from '@conclave/shared/people'
import type { Actor } from '../../actor.ts'
import type { Context } from '../../context.ts'
import { namePage } from '../../name-page.ts'
import { problem } from '../../problem.ts'
import { emitPersonUpdated } from '../people/person-updated.actions.ts'
import { inTransaction } from '../../transaction.ts'
import { recordAct } from '../../audit/record-act.ts'
import { awaitRekeys } from '../revocation/pending-rekeys.ts'
import { refuseFirst } from '../revocation/refuse-first.ts'
import { accessAdmin, accessPerson, accessRoles } from './admin.access.ts'
import {
  isLastOwner,
  lockOwnersAnd,
  readAdminPeople,
  readAdminPerson,
  updateRole,
} from './admin.store.ts'
import { giveAccessBack, takeAccessAway } from './blocking.actions.ts'

export async function listAdminPeople(
  ctx: Context,
  actor: Actor,
  asked: Query<typeof listAdminPeopleEndpoint>,
): Promise<Result<typeof listAdminPeopleEndpoint>> {
  await accessAdmin(ctx.sql, actor)
  const people = await readAdminPeople(ctx.sql, actor, namePage(asked))
  if (!people) throw problem('not-signed-in')
  return people
}

export async function updatePersonRole(
  ctx: Context,
  actor: Actor,
  { personId, role }: { personId: string; role: WorkspaceRole },
): Promise<AdminPerson> {
  // Checked before anything is locked, so that a refused request blocks no other.
  await accessAdmin(ctx.sql, actor)
  await inTransaction(ctx, actor, async (tx) => {
    await lockOwnersAnd(tx.sql, [personId])
    const person = await accessRoles(tx.sql, actor, personId)
    if (person.role === role) return
    if (await isLastOwner(tx.sql, personId)) throw problem('last-owner')
    const data = await updateRole(tx.sql, personId, role)
    recordAct(tx, actor, {
      action: 'person.role-changed',
      target: { personId },
      before: { role: person.role },
      after: { role },
    })
    await emitPersonUpdated(tx, data)
  })
  return adminPersonOf(ctx, personId)
}

/** Repeating it changes nothing, not even the reason, and gives the same guarantee as the first time. */
export async function blockPerson(
  ctx: Context,
  actor: Actor,
  { personId, reason }: { personId: string; reason?: string },
): Promise<AdminPerson> {
  await accessAdmin(ctx.sql, actor)
  await refuseFirst(
    ctx,
    actor,
    personId,
    async (tx) => {
      const person = await accessPerson(tx.sql, actor, personId)
      if (personId === actor.personId) throw problem('own-account')
      if (!person.active) return awaitRekeys(tx, personId)
      if (await isLastOwner(tx.sql, personId)) throw problem('last-owner')
      recordAct(tx, actor, { action: 'person.blocked', target: { personId } })
      await takeAccessAway(tx, { personId, by: actor.personId, reason: reason ?? null })
    },
    async (sql) => lockOwnersAnd(sql, [personId, actor.personId]),
  )
  return adminPersonOf(ctx, personId)
}

export async function unblockPerson(
  ctx: Context,
  actor: Actor,
  personId: string,
): Promise<AdminPerson> {
  await accessAdmin(ctx.sql, actor)
  await inTransaction(ctx, actor, async (tx) => {
    await lockOwnersAnd(tx.sql, [personId, actor.personId])
    const person = await accessPerson(tx.sql, actor, personId)
    if (person.active) return
    recordAct(tx, actor, { action: 'person.unblocked', target: { personId } })
    await giveAccessBack(tx, { personId, by: actor.personId })
  })
  return adminPersonOf(ctx, personId)
}

async function adminPersonOf(ctx: Context, personId: string): Promise<AdminPerson> {
  const person = await readAdminPerson(ctx.sql, personId)
  if (!person) throw problem('person-not-found')
  return person
}
