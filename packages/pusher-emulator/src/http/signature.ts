import { createHash } from 'node:crypto'
import { sameText, sign } from '../hmac.ts'
import type { Settings } from '../settings.ts'
import { HttpError } from './http-error.ts'
import type { ApiRequest } from './request.ts'

export type Query = ReadonlyMap<string, string>

const WINDOW_SECONDS = 600

/** Pusher docs, HTTP API: "Authentication". Throws a 401; returns the query, keys in lower case. */
export function verifyRequest(settings: Settings, request: ApiRequest): Query {
  const query = parseQuery(request.query, decode)
  verifyFields(settings, query)
  verifyBody(request.body, query)
  if (!isSigned(settings, request, query)) {
    throw new HttpError(401, `Invalid signature: you sent "${query.get('auth_signature')}"`)
  }
  return query
}

function verifyFields(settings: Settings, query: Query): void {
  for (const field of ['auth_key', 'auth_timestamp', 'auth_version', 'auth_signature']) {
    if (!query.get(field)) throw new HttpError(401, `${field} should be specified`)
  }
  if (query.get('auth_key') !== settings.key) throw new HttpError(401, 'Unknown auth_key')
  if (query.get('auth_version') !== '1.0') throw new HttpError(401, 'Version not supported')
  const now = Math.floor(Date.now() / 1000)
  const timestamp = Number(query.get('auth_timestamp'))
  if (Math.abs(now - timestamp) <= WINDOW_SECONDS) return
  throw new HttpError(
    401,
    `Timestamp expired: Given timestamp (${query.get('auth_timestamp')}) not within ${WINDOW_SECONDS}s of server time (${now})`,
  )
}

function verifyBody(body: string, query: Query): void {
  const given = query.get('body_md5')
  if (body === '' && given === undefined) return
  if (given === undefined) throw new HttpError(401, 'body_md5 should be specified')
  const expected = createHash('md5').update(body).digest('hex')
  if (!sameText(given, expected)) throw new HttpError(401, 'Invalid body_md5')
}

/**
 * The pusher library signs its path and values unescaped, and its HTTP client escapes what it
 * sends, so a user id like `auth0|x` is signed decoded. Either spelling is accepted.
 */
function isSigned(settings: Settings, request: ApiRequest, decoded: Query): boolean {
  const given = decoded.get('auth_signature') ?? ''
  const paths = new Set([request.path, decode(request.path)])
  const values = new Set([signedText(decoded), signedText(parseQuery(request.query, String))])
  for (const path of paths) {
    for (const value of values) {
      const text = `${request.method}\n${path}\n${value}`
      if (sameText(given, sign(settings.secret, text))) return true
    }
  }
  return false
}

function signedText(query: Query): string {
  const pairs = [...query].filter(([key]) => key !== 'auth_signature')
  pairs.sort(([a], [b]) => (a < b ? -1 : 1))
  return pairs.map(([key, value]) => `${key}=${value}`).join('&')
}

function parseQuery(text: string, read: (value: string) => string): Query {
  const query = new Map<string, string>()
  for (const pair of text.split('&')) {
    if (pair === '') continue
    const mark = pair.indexOf('=')
    const key = mark < 0 ? pair : pair.slice(0, mark)
    query.set(decode(key).toLowerCase(), mark < 0 ? '' : read(pair.slice(mark + 1)))
  }
  return query
}

function decode(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
