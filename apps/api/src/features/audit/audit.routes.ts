import { listAudit } from '@conclave/shared/audit'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { implement } from '../../implement.ts'
import * as actions from './audit.actions.ts'

const PAGE_ENTRIES = 100

export function auditRoutes(app: FastifyInstance, ctx: Context): void {
  implement(app, listAudit, async ({ actor, query }) =>
    actions.listAudit(ctx, actor, {
      after: Number(query.after ?? 0),
      limit: Number(query.limit ?? PAGE_ENTRIES),
    }),
  )
}
