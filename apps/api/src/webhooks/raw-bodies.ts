import type { FastifyInstance } from 'fastify'

const BODY_MAX_BYTES = 512 * 1024

/**
 * Keeps bodies in this scope exactly as they came: a signature is over bytes, and JSON that was read and written
 * again is other bytes. The content type is for the receiver to judge.
 */
export function rawBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_MAX_BYTES }, (_, body, done) =>
    done(null, body),
  )
}

/** The bytes of a body, of which there may be none. */
export function bytesOf(body: unknown): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0)
}
