import {
  getMe,
  getPeople,
  getPerson,
  listPeople,
  listPeopleChanges,
  updateMe,
} from '@conclave/shared/people'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { implement } from '../../implement.ts'
import * as actions from './people.actions.ts'

export function peopleRoutes(app: FastifyInstance, ctx: Context): void {
  implement(app, getMe, async ({ actor }) => actions.getMe(ctx, actor))
  implement(app, updateMe, async ({ actor, body }) => actions.updateMe(ctx, actor, body.status))
  implement(app, listPeople, async ({ actor, query }) => actions.listPeople(ctx, actor, query))
  implement(app, getPeople, async ({ actor, query }) => actions.getPeople(ctx, actor, query))
  implement(app, listPeopleChanges, async ({ actor, query }) =>
    actions.listPeopleChanges(ctx, actor, query),
  )
  implement(app, getPerson, async ({ actor, params }) =>
    actions.getPerson(ctx, actor, params.personId),
  )
}
