import type { Me, People, Person, Status } from '@conclave/shared/people'
import type { Actor, Identity } from '../../actor.ts'
import type { Context } from '../../context.ts'
import { problem } from '../../problem.ts'
import { emitToTeam, inTransaction } from '../../realtime/outbox.ts'
import { arrive } from './arrival.ts'
import { findBySub, readMe, readPeople, readPerson, updateStatus } from './people.store.ts'

/** Who this verified token stands for; someone new arrives by it. */
export async function findOrCreateActor(ctx: Context, identity: Identity): Promise<Actor> {
  return (await findActor(ctx, identity)) ?? (await arriveAndFind(ctx, identity))
}

export async function getMe(ctx: Context, actor: Actor): Promise<Me> {
  const me = await readMe(ctx.sql, actor.personId)
  if (!me) throw problem('not-signed-in')
  return me
}

export async function updateMe(ctx: Context, actor: Actor, status: Status): Promise<Me> {
  await inTransaction(ctx, async (tx) => {
    const person = await updateStatus(tx.sql, actor.personId, status)
    if (person) await emitToTeam(tx, { type: 'person.updated', data: person })
  })
  return getMe(ctx, actor)
}

export async function listPeople(ctx: Context): Promise<People> {
  return readPeople(ctx.sql)
}

export async function getPerson(ctx: Context, personId: string): Promise<Person> {
  const person = await readPerson(ctx.sql, personId)
  if (!person) throw problem('person-not-found')
  return person
}

async function findActor(ctx: Context, identity: Identity): Promise<Actor | undefined> {
  const person = await findBySub(ctx.sql, identity.sub, identity.issuedAtSeconds)
  if (!person) return undefined
  if (person.blocked) throw problem('access-removed')
  if (person.outdated) throw problem('not-signed-in')
  return { personId: person.id, role: person.role }
}

async function arriveAndFind(ctx: Context, identity: Identity): Promise<Actor> {
  await arrive(ctx, identity)
  const actor = await findActor(ctx, identity)
  if (!actor) throw problem('unavailable')
  return actor
}
