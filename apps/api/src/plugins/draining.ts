import type { FastifyInstance } from 'fastify'
import { problem } from '../problem.ts'

/**
 * While the api closes, what still comes is told to come again, and each answer ends its connection: a client that keeps
 * one alive would hold up the end.
 */
export function draining(app: FastifyInstance): void {
  let closing = false
  app.addHook('preClose', async () => {
    closing = true
  })
  app.addHook('onRequest', async () => {
    if (closing) throw problem('unavailable')
  })
  app.addHook('onSend', async (_, reply) => {
    if (closing) reply.header('connection', 'close')
  })
}
