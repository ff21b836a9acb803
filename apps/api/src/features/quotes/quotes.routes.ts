import { listQuotes } from '@conclave/shared/quotes'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { implement } from '../../implement.ts'
import * as actions from './quotes.actions.ts'

export function quotesRoutes(app: FastifyInstance, ctx: Context): void {
  implement(app, listQuotes, async ({ actor, params, query }) =>
    actions.listQuotes(ctx, actor, { ...params, ids: query.ids.split(',') }),
  )
}
