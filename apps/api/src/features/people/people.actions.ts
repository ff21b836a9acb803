import type { Query, Result } from '@conclave/shared/contract'
import type { listPeople as listPeopleEndpoint, Me, Person, Status } from '@conclave/shared/people'
import type { Actor } from '../../actor.ts'
import type { Context } from '../../context.ts'
import { idPage } from '../../list-page.ts'
import { problem } from '../../problem.ts'
import { emitPersonUpdated } from './person-updated.actions.ts'
import { inTransaction } from '../../transaction.ts'
import { readMe, readPeople, readPerson, updateStatus } from './people.store.ts'

export async function getMe(ctx: Context, actor: Actor): Promise<Me> {
  const me = await readMe(ctx.sql, actor.personId)
  if (!me) throw problem('not-signed-in')
  return me
}

export async function updateMe(ctx: Context, actor: Actor, status: Status): Promise<Me> {
  await inTransaction(ctx, actor, async (tx) => {
    const person = await updateStatus(tx.sql, actor.personId, status)
    if (person) await emitPersonUpdated(tx, person)
  })
  return getMe(ctx, actor)
}

export async function listPeople(
  ctx: Context,
  asked: Query<typeof listPeopleEndpoint>,
): Promise<Result<typeof listPeopleEndpoint>> {
  return readPeople(ctx.sql, idPage(asked))
}

export async function getPerson(ctx: Context, personId: string): Promise<Person> {
  const person = await readPerson(ctx.sql, personId)
  if (!person) throw problem('person-not-found')
  return person
}
