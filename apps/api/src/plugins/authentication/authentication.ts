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
/** Until the signature is checked, and in the library, times are held to this only; `checkClaims` has the last word. */
const ROUGHLY_SECONDS = LEEWAY_SECONDS + BELIEVED_SECONDS
/** How many requests wait for their token to be good; beyond, they are refused. */
const WAITING_MAX = 100
/** A timer may be over a moment before the wall clock is there. */
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
      // Before the signature, so that our log can say what is wrong; what counts is the check after it.
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
      // Only the signature's arithmetic is remembered; claims and access are checked on every request.
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

// The type of what `decode: { complete: true }` gives is the library's for what it gives otherwise.
function partsOf(token: TokenOrHeader): Parts {
  return token as unknown as Parts
}

type UntilGood = (claims: Record<string, unknown>) => Promise<void>

/**
 * Two clocks never quite agree, and a token that was made just now may be of the next moment here: it is waited for, and
 * so is not refused for the difference. Only whoever the issuer has signed for waits.
 */
function waitingRoom({ clock, keys }: Context): UntilGood {
  let waiting = 0
  return async (claims) => {
    if (secondsUntilGood(claims, clock.issuerSeconds()) === 0) return
    // Ours may have gone wrong since the issuer was asked, and its answer says the time. `load` asks seldom enough.
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
    // No arguments: any would make a new verifier for each request, and with it an empty cache.
    const claims = await request.jwtVerify<Record<string, unknown>>()
    await untilGood(claims)
    const identity = checkClaims(claims, ctx.config.auth0, ctx.clock.issuerSeconds())
    return { ...identity, token: bearerToken(request) }
  } catch (error) {
    if (error instanceof ProblemThrown) throw error
    // Whatever the libraries call it, outside it is one answer (RFC 6750 section 3.1).
    const refused = reasonOf(error)
    ctx.metrics.tokensRefused.inc({ reason: refused.reason })
    request.log.info(refused, 'token refused')
    throw problem('not-signed-in')
  }
}

/** What is left to the libraries is whether it can be decoded and who signed it. */
function reasonOf(error: unknown): { reason: string; code?: unknown } {
  if (error instanceof TokenRefused) return { reason: error.reason }
  return { reason: 'unverifiable', code: (error as { code?: unknown }).code }
}
