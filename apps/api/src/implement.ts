import { COMMON_PROBLEMS, Problem, PROBLEMS, type ProblemSlug } from '@conclave/shared/problems'
import type { Body, EndpointDefinition, Params, Query, Result } from '@conclave/shared/contract'
import { LIMITS, type LimitName } from '@conclave/shared/limits'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from './actor.ts'

interface HandlerInput<E extends EndpointDefinition> {
  /** The verified caller; undefined for public endpoints only. */
  actor: E['access'] extends 'person' ? Actor : undefined
  params: Params<E>
  query: Query<E>
  body: Body<E>
  request: FastifyRequest
  reply: FastifyReply
}

/** Binds an endpoint of the contract to its handler; a handler with other types does not compile. */
export function implement<const E extends EndpointDefinition>(
  app: FastifyInstance,
  endpoint: E,
  handler: (input: HandlerInput<E>) => Promise<Result<E>>,
  /** Content types that this scope parses besides JSON. */
  alsoTakes: readonly string[] = [],
): void {
  app.route({
    method: endpoint.method,
    url: endpoint.path,
    config: { access: endpoint.access, limit: endpoint.limit },
    schema: { ...schemaOf(endpoint), ...consumes(alsoTakes) },
    handler: async (request, reply) => {
      void reply.status(endpoint.status as 200)
      // The one place where Fastify's untyped request meets the contract it was validated by.
      return handler({ request, reply, ...partsOf(request) } as unknown as HandlerInput<E>)
    },
  })
}

function partsOf(request: FastifyRequest) {
  const { actor, params, query, body } = request
  return { actor, params, query, body }
}

function schemaOf(endpoint: EndpointDefinition) {
  const { params, query, body, result, status, repeatStatus } = endpoint
  return {
    summary: endpoint.summary,
    tags: [endpoint.tag],
    ...limitOf(endpoint.limit),
    ...(params ? { params } : {}),
    ...(query ? { querystring: query } : {}),
    ...(body ? { body } : {}),
    response: {
      [status]: result,
      ...(repeatStatus ? { [repeatStatus]: result } : {}),
      ...problemResponses([...COMMON_PROBLEMS, ...endpoint.problems]),
    },
  }
}

function limitOf(name: LimitName | undefined) {
  if (name === undefined) return {}
  const { max, windowSeconds } = LIMITS[name]
  return {
    description: `At most ${max} in ${windowSeconds} s ${COUNTED_TOGETHER[name] ?? `for each person, over everything that is ${name}`}.`,
    'x-limit': { name, max, windowSeconds },
  }
}

const COUNTED_TOGETHER: Partial<Record<LimitName, string>> = {
  checking: 'for each session at each address, over everything that is checking',
  defending: 'of the same for each session at each address',
}

function consumes(alsoTakes: readonly string[]) {
  return alsoTakes.length > 0 ? { consumes: ['application/json', ...alsoTakes] } : {}
}

function problemResponses(slugs: readonly ProblemSlug[]): Record<number, object> {
  const byStatus = Map.groupBy(new Set(slugs), (slug) => PROBLEMS[slug].status)
  return Object.fromEntries(
    [...byStatus].map(([status, slugs]) => [
      status,
      {
        description: slugs.join(', '),
        content: { 'application/problem+json': { schema: Problem } },
      },
    ]),
  )
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Every route is private unless it says `public`. */
    access?: 'person' | 'public'
    /** The limit that requests count against; see plugins/limits/rate-limits.ts. */
    limit?: LimitName | undefined
  }
}
