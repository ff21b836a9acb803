import rateLimit, { normalizeIP } from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Context } from '../../context.ts'
import { slowDown } from '../../problem.ts'

const REMEMBERED_ADDRESSES = 50_000

/**
 * Counts a failure from an address, and throws when there were too many. An IPv6 address counts as its /64, which
 * usually belongs to one host. `request.ip` comes from trusted proxies, never from the client.
 */
export async function addressLimit(
  app: FastifyInstance,
  { config, metrics }: Context,
): Promise<(request: FastifyRequest) => Promise<void>> {
  const { max, windowSeconds } = config.limits.address
  const { promise, resolve } =
    Promise.withResolvers<ReturnType<FastifyInstance['createRateLimit']>>()
  // A scope of its own, because the library has one store per scope.
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

/**
 * The address of a request, or its /64. A client that has disconnected has no address any more, and is still counted.
 */
export function addressOf({ ip }: { ip: string | undefined }): string {
  return ip === undefined ? 'gone' : normalizeIP(ip)
}
