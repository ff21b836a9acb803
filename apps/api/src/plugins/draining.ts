import type { FastifyInstance } from 'fastify'
import { problem } from '../problem.ts'

/**
 * While the api shuts down, new requests get a 503 with `Retry-After`, and every response closes its connection:
 * kept-alive connections would delay the shutdown.
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
