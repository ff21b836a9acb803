import type { FastifyInstance } from 'fastify'

const BODY_MAX_BYTES = 512 * 1024

/**
 * Keeps bodies in this scope as raw bytes: a signature is over bytes, and parsed and rewritten JSON has others. The
 * receiver checks the content type.
 */
export function rawBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_MAX_BYTES }, (_, body, done) =>
    done(null, body),
  )
}

/** The bytes of a body; empty without a body. */
export function bytesOf(body: unknown): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0)
}
