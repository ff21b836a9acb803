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
  implement(app, getPeople, async ({ query }) => actions.getPeople(ctx, query))
  implement(app, listPeopleChanges, async ({ query }) => actions.listPeopleChanges(ctx, query))
  implement(app, getPerson, async ({ params }) => actions.getPerson(ctx, params.personId))
}
