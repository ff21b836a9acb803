import { BlockList, isIPv6 } from 'node:net'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../../config.ts'
import type { Context } from '../../context.ts'
import { isWritable } from '../../database/is-writable.ts'
import { readStaleChannels } from '../../features/presence/stale-subscribers.store.ts'
import { stepLag } from '../../features/revocation/steps.store.ts'
import { problem } from '../../problem.ts'
import { isSameSecret } from '../../same-secret.ts'
import { within } from '../../waiting/within.ts'

const DATABASE_PATIENCE_MS = 2_000

/** Counts every response, and shows the metrics to callers with the token; see `mayRead`. */
export function metrics(app: FastifyInstance, ctx: Context): void {
  app.addHook('onResponse', async (request, reply) => countAnswer(ctx, request, reply))

  app.get(
    '/metrics',
    { config: { access: 'public' }, schema: { hide: true } },
    async (request, reply) => {
      // The same answer as for an unknown path: a 401 would show that there is a token to guess.
      if (!mayRead(request, ctx.config)) throw problem('not-found')
      showLag(ctx)
      await Promise.all([lookIntoRevocation(ctx), lookAtClocks(ctx)])
      return reply.type(ctx.metrics.registry.contentType).send(await ctx.metrics.registry.metrics())
    },
  )
}

function countAnswer({ metrics }: Context, request: FastifyRequest, reply: FastifyReply): void {
  const { method } = request
  const route = request.routeOptions.url ?? 'none'
  metrics.requests.inc({ method, route, status: `${Math.floor(reply.statusCode / 100)}xx` })
  metrics.requestSeconds.observe({ method, route }, reply.elapsedTime / 1000)
}

/** NaN while the database cannot answer; 0 would look healthy. */
function showLag({ metrics, consumers }: Context): void {
  metrics.logWaiting.reset()
  metrics.logOldestSeconds.reset()
  for (const [consumer, lag] of Object.entries(consumers.report())) {
    metrics.logWaiting.set({ consumer }, lag.waiting ?? Number.NaN)
    metrics.logOldestSeconds.set({ consumer }, lag.oldestSeconds ?? Number.NaN)
  }
}

async function lookIntoRevocation({ metrics, sql }: Context): Promise<void> {
  const [lag, lurkers] = await Promise.all([
    within(stepLag(sql), DATABASE_PATIENCE_MS),
    within(readStaleChannels(sql), DATABASE_PATIENCE_MS),
  ])
  metrics.revocationWaiting.set(lag?.waiting ?? Number.NaN)
  metrics.revocationOldestSeconds.set(lag?.oldestSeconds ?? Number.NaN)
  metrics.lurkers.set(lurkers?.length ?? Number.NaN)
}

async function lookAtClocks({ metrics, clock, sql }: Context): Promise<void> {
  await within(isWritable(sql, clock), DATABASE_PATIENCE_MS)
  metrics.clockBehind.set({ other: 'sign-in' }, clock.behind('sign-in') ?? Number.NaN)
  metrics.clockBehind.set({ other: 'database' }, clock.behind('database') ?? Number.NaN)
}

/**
 * With a token configured, only that token. Without one, only requests from this machine, and only in a local stack.
 */
function mayRead(request: FastifyRequest, { metricsToken, webOrigins }: Config): boolean {
  if (metricsToken === undefined) return isLocal(webOrigins) && isFromThisMachine(request)
  const given = request.headers.authorization
  return given !== undefined && isSameSecret(given, `Bearer ${metricsToken}`)
}

/**
 * Whether the web that this api serves is on this machine, as in a local stack. Elsewhere there may be a reverse proxy
 * on this machine that adds no header, so that requests from the internet seem to come from here.
 */
function isLocal(webOrigins: readonly string[]): boolean {
  return webOrigins.every((origin) => LOCAL_NAMES.has(new URL(origin).hostname))
}

/** Sent from this machine to the api's own port, and not forwarded. */
function isFromThisMachine({ socket, headers, raw }: FastifyRequest): boolean {
  const peer = socket.remoteAddress
  if (peer === undefined || !LOOPBACK.check(peer, isIPv6(peer) ? 'ipv6' : 'ipv4')) return false
  if (raw.httpVersion !== '1.1') return false
  if (Object.keys(headers).some((name) => FROM_A_PROXY.test(name))) return false
  const [, name = '', port = '80'] =
    /^([^:]+|\[[^\]]+\])(?::(\d+))?$/.exec(headers.host ?? '') ?? []
  return LOCAL_NAMES.has(name) && Number(port) === socket.localPort
}

/** Headers that proxies, load balancers and CDNs add. */
const FROM_A_PROXY =
  /^(?:forwarded|via|client-ip|true-client-ip|cdn-loop|x-(?:forwarded|real|client|cluster|original|envoy|amzn|azure|arr|proxy|request-start|nginx|sucuri|vercel)|cf-|fastly-|fly-|akamai-|x-appengine-|x-cloud-trace)/

const LOCAL_NAMES = new Set(['localhost', '127.0.0.1', '[::1]'])
const LOOPBACK = new BlockList()
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4')
LOOPBACK.addAddress('::1', 'ipv6')
