import type { FastifyInstance } from 'fastify'
import { problem } from '../problem.ts'

/**
 * A request names its server once, in `Host`, and what it wants by a path. Node takes two `Host` lines and keeps the
 * first, and takes `GET http://other/v1/me` and routes it by its path: whoever stands before us may have decided by
 * the other one (RFC 9112 sections 3.2 and 11.2). A request without a version is from before there were headers.
 */
export function requestLine(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ raw }) => {
    if (raw.httpVersionMajor < 1) throw problem('invalid-request')
    if (!raw.url?.startsWith('/')) throw problem('invalid-request')
    if (countOf(raw.rawHeaders, 'host') > 1) throw problem('invalid-request')
  })
}

function countOf(rawHeaders: readonly string[], name: string): number {
  return rawHeaders.filter((word, index) => index % 2 === 0 && word.toLowerCase() === name).length
}
