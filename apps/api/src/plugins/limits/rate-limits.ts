import rateLimit, { type RateLimitOptions } from '@fastify/rate-limit'
import { LIMITS, type LimitName } from '@conclave/shared/limits'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../context.ts'
import { ProblemThrown, slowDown } from '../../problem.ts'
import { addressLimit, addressOf } from './limits.address.ts'
import { databaseStore } from './limits.store.ts'

// Beyond these an instance forgets who has been quiet for longest.
const REMEMBERED_PEOPLE = 20_000

interface Counting {
  in: 'memory' | 'database'
  /** What holds when it cannot be counted. */
  without: 'allow' | 'refuse'
  of: (request: FastifyRequest) => string
  /** Whether it is counted before anything is read, or once the request is known to be well formed. */
  when: 'preParsing' | 'preHandler'
}

/**
 * Where each limit is counted, and what holds when it cannot be. In memory costs nothing, and lets a person do as many
 * times more as there are instances, which does no harm. What signs channels or reaches other people is counted in
 * Postgres for all instances together: an attacker must not gain by being spread over them. Without that count nothing
 * sensitive is done; a signature still is, because it asks Postgres for the membership anyway, and without it
 * everybody would be cut off.
 *
 * Whoever copied a token is the same person, and could use up what that person may do. So what ends access, and what has
 * to be seen for that, shares no count with anything else: neither with what comes from another address or session, nor
 * with what is malformed, nor with another act. To use up the count of an act, one has to do it.
 */
const COUNTED: Record<LimitName, Counting> = {
  reading: { in: 'memory', without: 'allow', of: person, when: 'preParsing' },
  writing: { in: 'memory', without: 'allow', of: person, when: 'preParsing' },
  posting: { in: 'memory', without: 'allow', of: person, when: 'preParsing' },
  signing: { in: 'database', without: 'allow', of: person, when: 'preParsing' },
  sensitive: { in: 'database', without: 'refuse', of: person, when: 'preParsing' },
  checking: { in: 'memory', without: 'allow', of: place, when: 'preParsing' },
  defending: { in: 'memory', without: 'allow', of: act, when: 'preHandler' },
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
  // After it is known who calls.
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

/**
 * Acts of defence that are refused are counted too, each of a place together, and beyond the limit only a refusal
 * becomes another: what is one's own to end is ended, however many of others' ids were tried. Otherwise whoever tries
 * them would fill the audit log as fast as they can ask.
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

/** One session of a person at one address; all of a /64 are one. */
function place(request: FastifyRequest): string {
  return [person(request), request.actor?.sessionId ?? '', addressOf(request)].join(' ')
}

function refusedAt(request: FastifyRequest): string {
  return `refused:${place(request)}`
}

/** The same thing done to the same one. */
function act(request: FastifyRequest): string {
  const { method, routeOptions, params } = request
  return [place(request), method, routeOptions.url, ...Object.values(Object(params))].join(' ')
}
