import rateLimit, { type RateLimitOptions } from '@fastify/rate-limit'
import { LIMITS, type LimitName } from '@conclave/shared/limits'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../context.ts'
import { ProblemThrown, slowDown } from '../../problem.ts'
import { addressLimit, addressOf } from './limits.address.ts'
import { databaseStore } from './limits.store.ts'

// How many keys an instance remembers; beyond, it forgets the least recently used.
const REMEMBERED_PEOPLE = 20_000

interface Counting {
  in: 'memory' | 'database'
  /** Whether requests pass when counting fails. */
  without: 'allow' | 'refuse'
  of: (request: FastifyRequest) => string
  /** Whether to count before the body is read, or only requests that are valid. */
  when: 'preParsing' | 'preHandler'
}

/**
 * Where each limit is counted, and what happens when counting fails. Counting in memory costs nothing, and multiplies a
 * limit by the number of instances, which does no harm. Signing channels and reaching other people, of which the status of
 * one reaches everybody, are counted in Postgres for all instances together, so that an attacker gains nothing by spreading
 * requests. When that count fails, nothing sensitive is done; channels are still signed, because signing asks Postgres for
 * the membership anyway, and refusing would disconnect everybody.
 *
 * A thief with a copied token is the same person to us, and could use up that person's limits. So the acts that end
 * access, and the reads they need, share no count with anything else: not with other addresses or sessions, not with
 * malformed requests, not with other acts. The only way to use up the count of such an act is to perform it.
 */
const COUNTED: Record<LimitName, Counting> = {
  reading: { in: 'memory', without: 'allow', of: person, when: 'preParsing' },
  searching: { in: 'memory', without: 'allow', of: person, when: 'preParsing' },
  writing: { in: 'memory', without: 'allow', of: person, when: 'preParsing' },
  status: { in: 'database', without: 'allow', of: person, when: 'preParsing' },
  posting: { in: 'memory', without: 'allow', of: person, when: 'preParsing' },
  signing: { in: 'database', without: 'allow', of: person, when: 'preParsing' },
  sensitive: { in: 'database', without: 'refuse', of: person, when: 'preParsing' },
  checking: { in: 'memory', without: 'allow', of: place, when: 'preParsing' },
  defending: { in: 'memory', without: 'allow', of: act, when: 'preHandler' },
}

export interface Limits {
  /**
   * Authenticates the caller. Only failures count, against the address, and over the limit only further failures are
   * refused: a valid token always passes, whatever others try from behind the same proxy. Checking the token for that
   * takes a fraction of a millisecond and no request (see key-set.ts).
   */
  identify<Result>(request: FastifyRequest, work: () => Promise<Result>): Promise<Result>
}

type Guard = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>

/** Enforces the contract's limits for each person. */
export async function limits(app: FastifyInstance, ctx: Context): Promise<Limits> {
  const guards = {
    ...(await guardsIn(app, ctx, 'memory')),
    ...(await guardsIn(app, ctx, 'database')),
  }
  const countFailure = await addressLimit(app, ctx)

  app.addHook('onRequest', async (request) => {
    if (request.is404) await countFailure(request)
  })
  // After authentication.
  for (const when of ['preParsing', 'preHandler'] as const) {
    app.addHook(when, async (request: FastifyRequest, reply: FastifyReply) => {
      const { limit } = request.routeOptions.config
      if (request.actor && limit && COUNTED[limit].when === when)
        await guards[limit]?.(request, reply)
    })
  }
  await refusedDefences(app, ctx)

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

/** The limits that are counted there, in a scope of their own, because the library has one store per scope. */
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

/**
 * Refused attempts to end access are counted too, all attempts from one place together. Over the limit only refusals
 * turn into `slow-down`: a person can still end their own sessions, however many foreign ids were tried. Without this
 * limit such attempts could fill the audit log.
 */
async function refusedDefences(app: FastifyInstance, ctx: Context): Promise<void> {
  const { metrics } = ctx
  const { promise, resolve } =
    Promise.withResolvers<ReturnType<FastifyInstance['createRateLimit']>>()
  await app.register(async (scope) => {
    await scope.register(rateLimit, {
      ...optionsOf(ctx, 'defending'),
      global: false,
      keyGenerator: refusedAt,
    })
    resolve(scope.createRateLimit())
  })
  const count = await promise

  app.addHook('onRoute', (route) => {
    if (route.config?.limit !== 'defending') return
    const { handler } = route
    route.handler = async function countingRefusals(request, reply) {
      try {
        const answer: unknown = await handler.call(this, request, reply)
        return answer
      } catch (error) {
        if (!(error instanceof ProblemThrown) || error.status >= 500) throw error
        const outcome = await count(request)
        if (outcome.isAllowed || !outcome.isExceeded) throw error
        metrics.limited.inc({ limit: 'defending' })
        throw slowDown(outcome.ttl / 1000)
      }
    }
  })
}

function optionsOf({ config, metrics }: Context, name: LimitName): RateLimitOptions {
  const { max, windowSeconds } = config.limits[name]
  return {
    max,
    timeWindow: windowSeconds * 1000,
    cache: REMEMBERED_PEOPLE,
    keyGenerator: (request) => `${name}:${COUNTED[name].of(request)}`,
    skipOnError: COUNTED[name].without === 'allow',
    onExceeded: () => metrics.limited.inc({ limit: name }),
    errorResponseBuilder: (_, { ttl }) => slowDown(ttl / 1000),
  }
}

function person({ actor }: FastifyRequest): string {
  return actor?.personId ?? ''
}

/** One session of one person at one address, or its /64. */
function place(request: FastifyRequest): string {
  return [person(request), request.actor?.sessionId ?? '', addressOf(request)].join(' ')
}

function refusedAt(request: FastifyRequest): string {
  return `refused:${place(request)}`
}

/** The same act on the same target. */
function act(request: FastifyRequest): string {
  const { method, routeOptions, params } = request
  return [place(request), method, routeOptions.url, ...Object.values(Object(params))].join(' ')
}
