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
import { readMe, readPeopleById, updateStatus } from './people.store.ts'

export async function getMe(ctx: Context, actor: Actor): Promise<Me> {
  const me = await readMe(ctx.sql, actor)
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
  actor: Actor,
  { outside: roomId, ...asked }: Query<typeof listPeopleEndpoint>,
): Promise<Result<typeof listPeopleEndpoint>> {
  const page = namePage(asked)
  if (roomId === undefined) return letIn(await readPeople(ctx.sql, actor, page))
  const people = await readPeopleOutside(ctx.sql, { roomId, reader: actor }, page)
  if (!people) throw problem('room-not-found')
  return people
}

export async function getPeople(
  ctx: Context,
  actor: Actor,
  { ids }: Query<typeof getPeopleEndpoint>,
): Promise<People> {
  return letIn(await readPeopleById(ctx.sql, actor, [...new Set(ids.split(','))]))
}

export async function listPeopleChanges(
  ctx: Context,
  actor: Actor,
  { after }: Query<typeof listPeopleChangesEndpoint>,
): Promise<PeopleChanges> {
  return letIn(await readPeopleChanges(ctx.sql, actor, Number(after)))
}

export async function getPerson(ctx: Context, actor: Actor, personId: string): Promise<Person> {
  const [person] = letIn(await readPeopleById(ctx.sql, actor, [personId])).people
  if (!person) throw problem('person-not-found')
  return person
}

/** What was read, unless the reader had lost access by then. */
function letIn<Answer>(answer: Answer | undefined): Answer {
  if (answer === undefined) throw problem('not-signed-in')
  return answer
}
