import buildGetJwks from 'get-jwks'
import type { FastifyBaseLogger } from 'fastify'
import { problem } from '../../problem.ts'
import { fetchSigningKeys } from './key-set.fetch.ts'

/** The shortest time between two requests to the issuer, however many unknown key ids arrive. */
const ASK_AGAIN_MS = 30_000
/** The same while loading fails, when nobody can sign in. */
const ASK_AGAIN_FAILED_MS = 2_000
/** From this age on the set is reloaded in the background, so that no request waits for it. */
const REFRESH_MS = 5 * 60_000
/** A key that the issuer has removed stops working after this long. */
const FRESH_MS = 10 * 60_000
/** While the issuer is unreachable, its known keys keep working this long. */
const KEPT_MS = 24 * 60 * 60_000

export interface KeySet {
  /** The key as PEM, or undefined when the issuer has no such key. Throws `unavailable` before the first load. */
  pem(kid: string): Promise<string | undefined>
  /** Loads the set now, unless that was just tried. Never throws. */
  load(): Promise<void>
  state(): { loaded: boolean; keys: number; ageSeconds: number | undefined }
}

/**
 * The signing keys of the one issuer we trust. get-jwks has no limits (no timeout, no size, a request for every unknown
 * id), so it is filled with sets that are fetched here, and never fetches itself.
 */
export function createKeySet(options: {
  issuer: string
  log: FastifyBaseLogger
  now?: () => number
  /** Called with the time in the issuer's response, and when that was requested. */
  onDate?: (issuerMs: number, askedAtMs: number) => void
}): KeySet {
  const { issuer, log, now = Date.now, onDate } = options
  const getJwks = buildGetJwks({ issuersWhitelist: [issuer], ttl: KEPT_MS })
  let pems = new Map<string, string>()
  let loadedAt: number | undefined
  let askedAt = Number.NEGATIVE_INFINITY
  let asking: Promise<void> | undefined
  let failed = false

  function load(): Promise<void> {
    if (asking) return asking
    if (now() - askedAt < (failed ? ASK_AGAIN_FAILED_MS : ASK_AGAIN_MS)) return Promise.resolve()
    askedAt = now()
    asking = refresh().finally(() => {
      asking = undefined
    })
    return asking
  }

  async function refresh(): Promise<void> {
    try {
      const jwks = await fetchSigningKeys(`${issuer}.well-known/jwks.json`, onDate)
      pems = new Map(
        await Promise.all(jwks.map(async (jwk) => [jwk.kid, await toPem(jwk)] as const)),
      )
      loadedAt = now()
      failed = false
    } catch (error) {
      failed = true
      log.warn({ err: error }, 'the key set could not be loaded')
    }
  }

  async function toPem(jwk: { kid: string }): Promise<string> {
    const signature = { domain: issuer, alg: 'RS256', kid: jwk.kid }
    const cacheKey = getJwks.generateCacheKey(signature.alg, signature.kid, signature.domain)
    getJwks.cache.set(cacheKey, { ...jwk, ...signature })
    return getJwks.getPublicKey(signature)
  }

  async function pem(kid: string): Promise<string | undefined> {
    if (loadedAt === undefined || now() - loadedAt > KEPT_MS) await load()
    if (loadedAt === undefined || now() - loadedAt > KEPT_MS) throw problem('unavailable')
    if (now() - loadedAt > REFRESH_MS) load().catch(() => undefined)
    // When the set has expired, the first request waits for it; while the issuer is down, requests with a known key do
    // not.
    if (now() - loadedAt > FRESH_MS && !failed) await load()
    if (!pems.has(kid)) await load()
    return pems.get(kid)
  }

  return {
    pem,
    load,
    state: () => ({
      loaded: loadedAt !== undefined,
      keys: pems.size,
      ageSeconds: loadedAt === undefined ? undefined : Math.round((now() - loadedAt) / 1000),
    }),
  }
}
