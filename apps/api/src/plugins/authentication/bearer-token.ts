import type { FastifyRequest } from 'fastify'
import { refuse } from './token-refused.ts'

const COMPACT_JWS = /^[\w-]+\.[\w-]+\.[\w-]+$/
const MAX_CHARS = 8_192

/** The token of exactly one `Authorization: Bearer` line (RFC 6750 section 2.1). */
export function bearerToken(request: FastifyRequest): string {
  // Node keeps only the first of several lines; a proxy may have used the last.
  const lines = authorizationLines(request.raw.rawHeaders)
  if (lines.length === 0) refuse('no-authorization')
  if (lines.length > 1) refuse('two-authorizations')
  const [scheme, token, ...rest] = (lines[0] ?? '').split(' ')
  if (scheme?.toLowerCase() !== 'bearer') refuse('scheme')
  if (token === undefined || rest.length > 0) refuse('malformed')
  if (token.length > MAX_CHARS) refuse('too-long')
  if (!COMPACT_JWS.test(token)) refuse('malformed')
  return token
}

function authorizationLines(rawHeaders: readonly string[]): string[] {
  return rawHeaders.filter(
    (_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'authorization',
  )
}
