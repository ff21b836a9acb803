import { removeMessage } from '@conclave/shared/removals'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { implement } from '../../implement.ts'
import * as actions from './removals.actions.ts'

export function removalsRoutes(app: FastifyInstance, ctx: Context): void {
  implement(app, removeMessage, async ({ actor, params }) =>
    actions.removeMessage(ctx, actor, params),
  )
}
