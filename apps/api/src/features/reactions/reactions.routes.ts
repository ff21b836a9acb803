import { listReactions, setReaction } from '@conclave/shared/reactions'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { implement } from '../../implement.ts'
import * as actions from './reactions.actions.ts'

export function reactionsRoutes(app: FastifyInstance, ctx: Context): void {
  implement(app, listReactions, async ({ actor, params }) =>
    actions.listReactions(ctx, actor, params),
  )
  implement(app, setReaction, async ({ actor, params, body }) =>
    actions.setReaction(ctx, actor, { ...params, ...body }),
  )
}
