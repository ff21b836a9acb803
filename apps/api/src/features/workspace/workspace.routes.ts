import { getWorkspace, updateWorkspace } from '@conclave/shared/workspace'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { implement } from '../../implement.ts'
import * as actions from './workspace.actions.ts'

export function workspaceRoutes(app: FastifyInstance, ctx: Context): void {
  implement(app, getWorkspace, async ({ actor }) => actions.getWorkspace(ctx, actor))
  implement(app, updateWorkspace, async ({ actor, body }) =>
    actions.updateWorkspace(ctx, actor, body),
  )
}
