import type { Query, Result } from '@conclave/shared/contract'
import type {
  getPeople as getPeopleEndpoint,
  listPeople as listPeopleEndpoint,
  listPeopleChanges as listPeopleChangesEndpoint,
  Me,
  People,
  PeopleChanges,
  Person,
  Status,
} from '@conclave/shared/people'
import type { Actor } from '../../actor.ts'
import type { Context } from '../../context.ts'
import { namePage } from '../../name-page.ts'
import { problem } from '../../problem.ts'
import { emitPersonUpdated } from './person-updated.actions.ts'
import { inTransaction } from '../../transaction.ts'
import { readPeople, readPeopleChanges, readPeopleOutside } from './people-lists.store.ts'
import { readMe, readPeopleById, readPerson, updateStatus } from './people.store.ts'

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

/** Problems: `room-not-found`, of a room that the caller is not in; `invalid-request`, for an invalid cursor. */
export async function listPeople(
  ctx: Context,
  { personId }: Actor,
  { outside: roomId, ...asked }: Query<typeof listPeopleEndpoint>,
): Promise<Result<typeof listPeopleEndpoint>> {
  const page = namePage(asked)
  if (roomId === undefined) return readPeople(ctx.sql, page)
  const people = await readPeopleOutside(ctx.sql, { roomId, personId }, page)
  if (!people) throw problem('room-not-found')
  return people
}

export async function getPeople(
  ctx: Context,
  { ids }: Query<typeof getPeopleEndpoint>,
): Promise<People> {
  return readPeopleById(ctx.sql, [...new Set(ids.split(','))])
}

export async function listPeopleChanges(
  ctx: Context,
  { after }: Query<typeof listPeopleChangesEndpoint>,
): Promise<PeopleChanges> {
  return readPeopleChanges(ctx.sql, Number(after))
}

export async function getPerson(ctx: Context, personId: string): Promise<Person> {
  const person = await readPerson(ctx.sql, personId)
  if (!person) throw problem('person-not-found')
  return person
}
