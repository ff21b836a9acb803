import rateLimit, { normalizeIP } from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Context } from '../../context.ts'
import { slowDown } from '../../problem.ts'

const REMEMBERED_ADDRESSES = 50_000

/**
 * Counts a failure of an address, and throws when there were too many. An IPv6 address stands for its /64, because
 * whoever has one has them all. `request.ip` is what the trusted proxies say, and never what a client does.
 */
export async function addressLimit(
  app: FastifyInstance,
  { config, metrics }: Context,
): Promise<(request: FastifyRequest) => Promise<void>> {
  const { max, windowSeconds } = config.limits.address
  const { promise, resolve } =
    Promise.withResolvers<ReturnType<FastifyInstance['createRateLimit']>>()
  // A scope of its own: the library knows one store in each.
  await app.register(async (scope) => {
    await scope.register(rateLimit, {
      global: false,
      max,
      timeWindow: windowSeconds * 1000,
      cache: REMEMBERED_ADDRESSES,
      keyGenerator: addressOf,
    })
    resolve(scope.createRateLimit())
  })
  const count = await promise

  return async (request) => {
    const outcome = await count(request)
    if (outcome.isAllowed || !outcome.isExceeded) return
    metrics.limited.inc({ limit: 'address' })
    throw slowDown(outcome.ttl / 1000)
  }
}

/** Where a request comes from, a /64 being one address. Who has hung up meanwhile has none any more, and is counted all the same. */
export function addressOf({ ip }: { ip: string | undefined }): string {
  return ip === undefined ? 'gone' : normalizeIP(ip)
}
