import type { FastifyInstance } from 'fastify'

/** While the api closes, each answer ends its connection: a client that keeps one alive would hold up the end. */
export function draining(app: FastifyInstance): void {
  let closing = false
  app.addHook('preClose', async () => {
    closing = true
  })
  app.addHook('onSend', async (_, reply) => {
    if (closing) reply.header('connection', 'close')
  })
}
