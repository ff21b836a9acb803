import { addMember, listMembers, removeMember, updateMember } from '@conclave/shared/members'
import { countOnline } from '@conclave/shared/members.online'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { implement } from '../../implement.ts'
import * as actions from './members.actions.ts'

export function membersRoutes(app: FastifyInstance, ctx: Context): void {
  implement(app, listMembers, async ({ actor, params, query }) =>
    actions.listMembers(ctx, actor, { ...params, ...query }),
  )
  implement(app, countOnline, async ({ actor, params }) =>
    actions.countOnline(ctx, actor, params.roomId),
  )
  implement(app, addMember, async ({ actor, params, body }) =>
    actions.addMember(ctx, actor, { ...params, ...body }),
  )
  implement(app, updateMember, async ({ actor, params, body }) =>
    actions.updateMember(ctx, actor, { ...params, ...body }),
  )
  implement(app, removeMember, async ({ actor, params, query }) =>
    actions.removeMember(ctx, actor, { ...params, keepOut: query.keepOut !== undefined }),
  )
}
