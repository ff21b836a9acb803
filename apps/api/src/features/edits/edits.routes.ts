import { editMessage, listVersions } from '@conclave/shared/edits'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { implement } from '../../implement.ts'
import * as actions from './edits.actions.ts'

export function editsRoutes(app: FastifyInstance, ctx: Context): void {
  implement(app, editMessage, async ({ actor, params, body }) =>
    actions.editMessage(ctx, actor, { ...params, ...body }),
  )
  implement(app, listVersions, async ({ actor, params, query }) =>
    actions.listVersions(ctx, actor, { ...params, ...query }),
  )
}
