import { listChanges, listMessages, postMessage } from '@conclave/shared/messages'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { implement } from '../../implement.ts'
import { createMessageWriter } from './message-writer.ts'
import * as actions from './messages.actions.ts'

export function messagesRoutes(app: FastifyInstance, ctx: Context): void {
  const { postsWaiting, commitBegan } = ctx.metrics
  const writer = createMessageWriter(
    async (posts) => actions.commitPosts(ctx, posts),
    (waiting, committing) => {
      postsWaiting.set(waiting)
      commitBegan.set(committing ? Date.now() / 1_000 : 0)
    },
  )

  implement(app, listMessages, async ({ actor, params, query }) =>
    actions.listMessages(ctx, actor, { ...params, ...query }),
  )
  implement(app, listChanges, async ({ actor, params, query }) =>
    actions.listChanges(ctx, actor, { ...params, ...query }),
  )
  implement(app, postMessage, async ({ actor, params, body, reply }) => {
    const { outcome, message } = await actions.postMessage(writer, actor, { ...params, ...body })
    if (outcome === 'posted') ctx.metrics.messagesPosted.inc()
    if (outcome === 'repeat') reply.status(postMessage.repeatStatus)
    return message
  })
}
