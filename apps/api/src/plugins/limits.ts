import rateLimit, { type RateLimitOptions } from '@fastify/rate-limit'
import { LIMITS, type LimitName } from '@conclave/shared/limits'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { ProblemThrown, slowDown } from '../problem.ts'
import { addressLimit } from './limits.address.ts'
import { databaseStore } from './limits.store.ts'

// Beyond these an instance forgets who has been quiet for longest.
const REMEMBERED_PEOPLE = 20_000

/**
 * Where each limit is counted, and what holds when it cannot be. In memory costs nothing, and lets a person do as many
 * times more as there are instances, which does no harm. What signs channels or reaches other people is counted in
 * Postgres for all instances together: an attacker must not gain by being spread over them. Without that count nothing
 * sensitive is done; a signature still is, because it asks Postgres for the membership anyway, and without it
 * everybody would be cut off.
 */
const COUNTED: Record<LimitName, { in: 'memory' | 'database'; without: 'allow' | 'refuse' }> = {
  reading: { in: 'memory', without: 'allow' },
  writing: { in: 'memory', without: 'allow' },
  posting: { in: 'memory', without: 'allow' },
  signing: { in: 'database', without: 'allow' },
  sensitive: { in: 'database', without: 'refuse' },
}

export interface Limits {
  /**
   * Finds out who is calling. Only failing counts, against the address, and only another failure is then refused:
   * whoever has a good token is heard, whatever somebody else tries from behind the same proxy. That the token has to
   * be looked at for this costs a fraction of a millisecond and asks nobody (see key-set.ts).
   */
  identify<Result>(request: FastifyRequest, work: () => Promise<Result>): Promise<Result>
}

type Guard = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>

/** Holds everybody to what the contract says one person may ask for. */
export async function limits(app: FastifyInstance, ctx: Context): Promise<Limits> {
  const guards = {
    ...(await guardsIn(app, ctx, 'memory')),
    ...(await guardsIn(app, ctx, 'database')),
  }
  const countFailure = await addressLimit(app, ctx)

  app.addHook('onRequest', async (request) => {
    if (request.is404) await countFailure(request)
  })
  // After it is known who calls, and before anything of theirs is read.
  app.addHook('preParsing', async (request, reply) => {
    const { limit } = request.routeOptions.config
    if (request.actor && limit) await guards[limit]?.(request, reply)
  })

  return {
    identify: async (request, work) => {
      try {
        return await work()
      } catch (error) {
        if (error instanceof ProblemThrown && error.status === 401) await countFailure(request)
        throw error
      }
    },
  }
}

/** The limits that are counted there; a scope of its own, because the library knows one store in each. */
async function guardsIn(
  app: FastifyInstance,
  ctx: Context,
  place: 'memory' | 'database',
): Promise<Partial<Record<LimitName, Guard>>> {
  const names = (Object.keys(LIMITS) as LimitName[]).filter((name) => COUNTED[name].in === place)
  const guards: Partial<Record<LimitName, Guard>> = {}
  await app.register(async (scope) => {
    await scope.register(rateLimit, {
      global: false,
      enableDraftSpec: true,
      ...(place === 'database' ? { store: databaseStore(ctx) } : {}),
    })
    for (const name of names) guards[name] = scope.rateLimit(optionsOf(ctx, name)).bind(scope)
  })
  return guards
}

function optionsOf({ config, metrics }: Context, name: LimitName): RateLimitOptions {
  const { max, windowSeconds } = config.limits[name]
  return {
    max,
    timeWindow: windowSeconds * 1000,
    cache: REMEMBERED_PEOPLE,
    keyGenerator: ({ actor }) => `${name}:${actor?.personId}`,
    skipOnError: COUNTED[name].without === 'allow',
    onExceeded: () => metrics.limited.inc({ limit: name }),
    errorResponseBuilder: (_, { ttl }) => slowDown(ttl / 1000),
  }
}
