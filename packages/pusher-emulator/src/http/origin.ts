import type { IncomingMessage } from 'node:http'
import { HttpError } from './http-error.ts'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Any page that a developer has open can reach localhost. A foreign Origin is refused, and so is a foreign Host, which
 * a page sends after rebinding its own DNS name to 127.0.0.1.
 */
export function refuseForeign({ headers }: IncomingMessage): void {
  const host = URL.parse(`http://${headers.host ?? ''}`)
  if (!host || !LOOPBACK.has(host.hostname)) throw new HttpError(403, 'Foreign host')
  if (headers.origin !== undefined && headers.origin !== host.origin) {
    throw new HttpError(403, 'Foreign origin')
  }
  if (headers['sec-fetch-site'] === 'cross-site') throw new HttpError(403, 'Foreign site')
}
