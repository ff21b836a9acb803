import { search } from '@conclave/shared/search'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { implement } from '../../implement.ts'
import * as actions from './search.actions.ts'

export function searchRoutes(app: FastifyInstance, ctx: Context): void {
  implement(app, search, async ({ actor, query }) => actions.search(ctx, actor, query))
}
