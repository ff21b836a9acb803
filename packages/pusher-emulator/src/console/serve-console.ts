import type { IncomingMessage, ServerResponse } from 'node:http'
import { reply } from '../http/reply.ts'
import { CONSOLE_PAGE } from './page.ts'
import { CONSOLE_SCRIPT } from './script.ts'
import { CONSOLE_STYLE } from './console-style.ts'

const FILES: ReadonlyMap<string, readonly [type: string, body: string]> = new Map([
  ['/', ['text/html; charset=utf-8', CONSOLE_PAGE]],
  ['/__emulator/console.js', ['text/javascript; charset=utf-8', CONSOLE_SCRIPT]],
  ['/__emulator/console.css', ['text/css; charset=utf-8', CONSOLE_STYLE]],
])

const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

/** False when the request is for something else. */
export function serveConsole(request: IncomingMessage, response: ServerResponse): boolean {
  const file = request.method === 'GET' ? FILES.get(request.url ?? '') : undefined
  if (!file) return false
  const [type, body] = file
  reply(response, 200, type, body, HEADERS)
  return true
}
