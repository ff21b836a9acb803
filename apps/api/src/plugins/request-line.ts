import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { problem } from '../problem.ts'

/**
 * A request names its server once, in `Host`, and what it wants by a path. Node takes two `Host` lines and keeps the
 * first, and takes `GET http://other/v1/me` and routes it by its path: whoever stands before us may have decided by
 * the other one (RFC 9112 sections 3.2 and 11.2). A request without a version is from before there were headers.
 */
export function requestLine(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ raw, originalUrl }) => {
    if (raw.httpVersionMajor < 1) throw problem('invalid-request')
    if (!raw.url?.startsWith('/')) throw problem('invalid-request')
    const hosts = countOf(raw.rawHeaders, 'host')
    if (hosts > 1 || (hosts === 0 && raw.httpVersion === '1.1')) throw problem('invalid-request')
    // Node keeps the first, and another hop may have kept the last.
    if (countOf(raw.rawHeaders, 'content-type') > 1) throw problem('invalid-request')
    if (!isReadable(originalUrl)) throw problem('invalid-request')
    const { expect } = raw.headers
    if (expect !== undefined && expect.toLowerCase() !== '100-continue')
      throw problem('expectation-failed')
  })
}

/** For Fastify, which answers a path that it cannot decode before any hook, and so without any header of ours. */
export function readableUrl({ url = '/' }: IncomingMessage): string {
  return isReadable(url) ? url : '/'
}

function isReadable(url: string): boolean {
  try {
    decodeURIComponent(url.split(/[?#;]/, 1)[0] ?? '')
    return true
  } catch {
    return false
  }
}

function countOf(rawHeaders: readonly string[], name: string): number {
  return rawHeaders.filter((word, index) => index % 2 === 0 && word.toLowerCase() === name).length
}
