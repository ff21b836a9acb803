import { endSession, endSessions, listSessions } from '@conclave/shared/sessions'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { implement } from '../../implement.ts'
import * as actions from './sessions.actions.ts'

export function sessionsRoutes(app: FastifyInstance, ctx: Context): void {
  implement(app, listSessions, async ({ actor }) => actions.listSessions(ctx, actor))
  implement(app, endSession, async ({ actor, params }) =>
    actions.endSession(ctx, actor, params.sessionId),
  )
  implement(app, endSessions, async ({ actor }) => actions.endSessions(ctx, actor))
}
