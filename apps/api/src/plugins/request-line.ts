import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { problem } from '../problem.ts'

/**
 * A request must have one `Host` and a path as its target. Node accepts two `Host` lines and keeps the first, and
 * accepts `GET http://other/v1/me` and routes it by the path: a proxy in front of us may have used the other one (RFC
 * 9112 sections 3.2 and 11.2). A request without a version is HTTP/0.9, which has no headers.
 */
export function requestLine(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ raw, originalUrl }) => {
    if (raw.httpVersionMajor < 1) throw problem('invalid-request')
    if (!raw.url?.startsWith('/')) throw problem('invalid-request')
    const hosts = countOf(raw.rawHeaders, 'host')
    if (hosts > 1 || (hosts === 0 && raw.httpVersion === '1.1')) throw problem('invalid-request')
    // Node keeps the first; a proxy may have used the last.
    if (countOf(raw.rawHeaders, 'content-type') > 1) throw problem('invalid-request')
    if (!isReadable(originalUrl)) throw problem('invalid-request')
    const { expect } = raw.headers
    if (expect !== undefined && expect.toLowerCase() !== '100-continue')
      throw problem('expectation-failed')
  })
}

/** For Fastify, which answers an undecodable path before any hook, and so without our headers. */
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
