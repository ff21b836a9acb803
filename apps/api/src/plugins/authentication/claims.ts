import { hasSomethingToSee } from '@conclave/shared/visible'
import type { Identity } from '../../actor.ts'
import type { Config } from '../../config.ts'
import { refuse } from './token-refused.ts'

export const LEEWAY_SECONDS = 5
/** A request waits up to this long beyond the leeway for its token to become valid. */
const WAITED_SECONDS = 2
const LIFETIME_MAX_SECONDS = 24 * 60 * 60

type Claims = Readonly<Record<string, unknown>>
type Rules = Config['auth0']

/** Checks a token's header before any key is looked up. Addresses and keys in the header are never used. */
export function checkHeader(header: Claims, { tokenType }: Rules): { kid: string } {
  if (header['alg'] !== 'RS256') refuse('alg')
  if (header['crit'] !== undefined) refuse('crit')
  if (!isType(header['typ'], tokenType)) refuse('typ')
  const { kid } = header
  if (typeof kid !== 'string' || kid === '' || kid.length > 128) refuse('kid')
  return { kid }
}

/**
 * Checks the claims of a verified token on every use. A token that becomes valid within `aheadSeconds` passes;
 * `secondsUntilGood` says how long to wait.
 */
export function checkClaims(
  claims: Claims,
  rules: Rules,
  nowSeconds: number,
  aheadSeconds = LEEWAY_SECONDS,
): Omit<Identity, 'token'> {
  if (claims['iss'] !== rules.issuer) refuse('iss')
  if (!isFor(claims['aud'], rules.audience)) refuse('aud')
  if (claims['azp'] === undefined && claims['client_id'] === undefined) refuse('azp-missing')
  if (claims['azp'] !== undefined && claims['azp'] !== rules.clientId) refuse('azp')
  if (claims['client_id'] !== undefined && claims['client_id'] !== rules.clientId)
    refuse('client_id')
  // A token bound to a key (DPoP, mTLS) proves nothing when sent as a plain Bearer.
  if (claims['cnf'] !== undefined) refuse('cnf')
  return {
    sub: personOf(claims),
    issuedAtSeconds: checkTimes(claims, nowSeconds, aheadSeconds),
    sessionId: sessionOf(claims, rules),
  }
}

/** How long to wait until a token with these claims is valid: 0 if it already is, `Infinity` if that takes too long. */
export function secondsUntilGood({ iat, nbf }: Claims, nowSeconds: number): number {
  const from = Math.max(Number(iat), nbf === undefined ? 0 : Number(nbf))
  const seconds = Math.max(0, from - nowSeconds - LEEWAY_SECONDS)
  return seconds > WAITED_SECONDS ? Number.POSITIVE_INFINITY : seconds
}

function isType(typ: unknown, expected: Rules['tokenType']): boolean {
  if (typeof typ !== 'string') return false
  // RFC 7515 section 4.1.9: compared case-insensitively, and `application/` may be omitted.
  const name = typ.toLowerCase().replace(/^application\//, '')
  return name === expected.toLowerCase()
}

function isFor(aud: unknown, audience: string): boolean {
  if (typeof aud === 'string') return aud === audience
  if (!Array.isArray(aud)) return false
  return aud.every((entry) => typeof entry === 'string') && aud.includes(audience)
}

function personOf(claims: Claims): string {
  const { sub, gty } = claims
  if (!isName(sub)) refuse('sub')
  // Machine tokens (client credentials) are refused.
  if (gty !== undefined) refuse('gty')
  if (sub.endsWith('@clients')) refuse('machine')
  return sub
}

function checkTimes(claims: Claims, nowSeconds: number, aheadSeconds: number): number {
  const { exp, iat, nbf } = claims
  if (typeof exp !== 'number' || !Number.isFinite(exp)) refuse('exp')
  if (typeof iat !== 'number' || !Number.isFinite(iat)) refuse('iat')
  if (nbf !== undefined && (typeof nbf !== 'number' || !Number.isFinite(nbf))) refuse('nbf')
  if (nowSeconds > exp + LEEWAY_SECONDS) refuse('expired')
  if (iat > nowSeconds + aheadSeconds) refuse('iat-future')
  if (typeof nbf === 'number' && nbf > nowSeconds + aheadSeconds) refuse('nbf-future')
  if (exp <= iat) refuse('exp-before-iat')
  if (exp - iat > LIFETIME_MAX_SECONDS) refuse('lifetime')
  return iat
}

function sessionOf(claims: Claims, { claimsNamespace }: Rules): string | undefined {
  const sid = claims[`${claimsNamespace}sid`]
  if (sid === undefined) return undefined
  if (!isName(sid)) refuse('sid')
  return sid
}

/** An identifier from the issuer. Postgres stores neither NUL nor lone surrogates. */
function isName(text: unknown): text is string {
  if (typeof text !== 'string' || !hasSomethingToSee(text) || text.length > 255) return false
  return text.isWellFormed() && !/\p{Cc}/u.test(text)
}
