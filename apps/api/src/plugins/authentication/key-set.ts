import buildGetJwks from 'get-jwks'
import type { FastifyBaseLogger } from 'fastify'
import { problem } from '../../problem.ts'
import { fetchSigningKeys } from './key-set.fetch.ts'

/** However many unknown key ids arrive, the issuer is asked this seldom. */
const ASK_AGAIN_MS = 30_000
/** While it cannot be had: nobody can sign in until it is. */
const ASK_AGAIN_FAILED_MS = 2_000
/** From this age on the set is asked for again in the background, so that nobody waits for it. */
const REFRESH_MS = 5 * 60_000
/** A key the issuer revoked stops working after this long. */
const FRESH_MS = 10 * 60_000
/** While the issuer cannot be reached, its known keys go on working this long. */
const KEPT_MS = 24 * 60 * 60_000

export interface KeySet {
  /** The PEM of a key, or undefined when the issuer has no such key. Throws `unavailable` before the first load. */
  pem(kid: string): Promise<string | undefined>
  /** Asks the issuer now, unless it was asked a moment ago. Never throws. */
  load(): Promise<void>
  state(): { loaded: boolean; keys: number; ageSeconds: number | undefined }
}

/**
 * The signing keys of the one issuer we trust. get-jwks holds no limits of its own (no timeout, no size, one
 * request for every unknown id), so it is filled here with sets that were fetched within ours, and never asks itself.
 */
export function createKeySet(options: {
  issuer: string
  log: FastifyBaseLogger
  now?: () => number
  /** Told what the issuer's clock said in an answer that was asked for then. */
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
    // After a quiet night the first to come waits; while the issuer is down nobody with a known key does.
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
