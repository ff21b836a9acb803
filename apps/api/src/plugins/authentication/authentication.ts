import { setTimeout as pause } from 'node:timers/promises'
import jwt, { type TokenOrHeader } from '@fastify/jwt'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Identity } from '../../actor.ts'
import type { Context } from '../../context.ts'
import { identifyCaller } from './caller.ts'
import { problem, ProblemThrown } from '../../problem.ts'
import { bearerToken } from './bearer-token.ts'
import type { Limits } from '../limits/rate-limits.ts'
import { BELIEVED_SECONDS } from '../../clock-skew.ts'
import { checkClaims, checkHeader, LEEWAY_SECONDS, secondsUntilGood } from './claims.ts'
import { refuse, TokenRefused } from './token-refused.ts'

const CACHED_TOKENS = 5_000
const CACHED_MS = 60_000
/** The library checks times with this leeway only; `checkClaims` then decides by the issuer's clock. */
const ROUGHLY_SECONDS = LEEWAY_SECONDS + BELIEVED_SECONDS
/** How many requests may wait for their token to become valid; more are refused. */
const WAITING_MAX = 100
/** A timer may fire slightly before the wall clock reaches the time. */
const TIMER_EARLY_MS = 20

/** The one place that decides who is calling. Every route is private unless it declares itself public. */
export async function authentication(
  app: FastifyInstance,
  ctx: Context,
  limits: Limits,
): Promise<void> {
  const { auth0 } = ctx.config
  await app.register(jwt, {
    decode: { complete: true },
    secret: async (_: FastifyRequest, token: TokenOrHeader) => {
      const { header, payload } = partsOf(token)
      const { kid } = checkHeader(header, auth0)
      // Checked before the signature too, so that the log gives the reason; the check after it decides.
      checkClaims(payload, auth0, ctx.clock.issuerSeconds(), ROUGHLY_SECONDS)
      return (await ctx.keys.pem(kid)) ?? refuse('kid-unknown')
    },
    verify: {
      extractToken: bearerToken,
      algorithms: ['RS256'],
      allowedIss: auth0.issuer,
      allowedAud: auth0.audience,
      requiredClaims: ['iss', 'aud', 'sub', 'exp', 'iat'],
      clockTolerance: ROUGHLY_SECONDS * 1000,
      // Only the signature check is cached; claims and access are checked on every request.
      cache: CACHED_TOKENS,
      cacheTTL: CACHED_MS,
    },
  })
  app.decorateRequest('actor', undefined)
  const untilGood = waitingRoom(ctx)

  app.addHook('onRequest', async (request) => {
    if (request.is404) return
    if (request.routeOptions.config.access === 'public') return
    const { id, headers } = request
    request.actor = await limits.identify(request, async () => {
      const identity = await verify(ctx, request, untilGood)
      return identifyCaller(ctx, identity, { id, userAgent: headers['user-agent'] })
    })
  })
}

interface Parts {
  header: Record<string, unknown>
  payload: Record<string, unknown>
}

// The library's type is wrong for `decode: { complete: true }`.
function partsOf(token: TokenOrHeader): Parts {
  return token as unknown as Parts
}

type UntilGood = (claims: Record<string, unknown>) => Promise<void>

/**
 * Clocks differ slightly, so a new token may be valid only a moment from now: the request waits instead of being
 * refused. Only tokens with a valid signature wait.
 */
function waitingRoom({ clock, keys }: Context): UntilGood {
  let waiting = 0
  return async (claims) => {
    if (secondsUntilGood(claims, clock.issuerSeconds()) === 0) return
    // Our clock may have changed since the last request to the issuer, whose response has the time. `load` limits its
    // own rate.
    await keys.load()
    const seconds = secondsUntilGood(claims, clock.issuerSeconds())
    if (seconds === Number.POSITIVE_INFINITY || waiting >= WAITING_MAX) return
    waiting += 1
    try {
      await pause(seconds * 1000 + TIMER_EARLY_MS)
    } finally {
      waiting -= 1
    }
  }
}

async function verify(
  ctx: Context,
  request: FastifyRequest,
  untilGood: UntilGood,
): Promise<Identity> {
  try {
    // No arguments: any would create a verifier with an empty cache for each request.
    const claims = await request.jwtVerify<Record<string, unknown>>()
    await untilGood(claims)
    const identity = checkClaims(claims, ctx.config.auth0, ctx.clock.issuerSeconds())
    return { ...identity, token: bearerToken(request) }
  } catch (error) {
    if (error instanceof ProblemThrown) throw error
    // Whatever the reason, the client gets the same answer (RFC 6750 section 3.1).
    const refused = reasonOf(error)
    ctx.metrics.tokensRefused.inc({ reason: refused.reason })
    request.log.info(refused, 'token refused')
    throw problem('not-signed-in')
  }
}

/** The remaining errors are the library's: it could not decode the token or verify its signature. */
function reasonOf(error: unknown): { reason: string; code?: unknown } {
  if (error instanceof TokenRefused) return { reason: error.reason }
  return { reason: 'unverifiable', code: (error as { code?: unknown }).code }
}
