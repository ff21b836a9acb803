import { listChanges, listMessages, postMessage } from '@conclave/shared/messages'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { implement } from '../../implement.ts'
import * as actions from './messages.actions.ts'

export function messagesRoutes(app: FastifyInstance, ctx: Context): void {
  implement(app, listMessages, async ({ actor, params, query }) =>
    actions.listMessages(ctx, actor, { ...params, ...query }),
  )
  implement(app, listChanges, async ({ actor, params, query }) =>
    actions.listChanges(ctx, actor, { ...params, ...query }),
  )
  implement(app, postMessage, async ({ actor, params, body, reply }) => {
    const { outcome, message } = await actions.postMessage(ctx, actor, { ...params, ...body })
    if (outcome === 'repeat') reply.status(postMessage.repeatStatus)
    return message
  })
}
