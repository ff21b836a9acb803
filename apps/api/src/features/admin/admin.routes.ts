import {
  blockPerson,
  listAdminPeople,
  unblockPerson,
  updatePersonRole,
} from '@conclave/shared/admin'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { implement } from '../../implement.ts'
import * as actions from './admin.actions.ts'

export function adminRoutes(app: FastifyInstance, ctx: Context): void {
  implement(app, listAdminPeople, async ({ actor, query }) =>
    actions.listAdminPeople(ctx, actor, query),
  )
  implement(app, updatePersonRole, async ({ actor, params, body }) =>
    actions.updatePersonRole(ctx, actor, { ...params, ...body }),
  )
  implement(app, blockPerson, async ({ actor, params, body }) =>
    actions.blockPerson(ctx, actor, { ...params, ...body }),
  )
  implement(app, unblockPerson, async ({ actor, params }) =>
    actions.unblockPerson(ctx, actor, params.personId),
  )
}
