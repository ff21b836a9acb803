import { BlockList, isIPv6 } from 'node:net'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { isWritable } from '../database/state.ts'
import { readLurkers } from '../features/presence/lurkers.store.ts'
import { stepLag } from '../features/revocation/steps.store.ts'
import { problem } from '../problem.ts'
import { outboxLag } from '../realtime/relay.ts'
import { isSameSecret } from '../same-secret.ts'
import { within } from './within.ts'

const DATABASE_PATIENCE_MS = 2_000

/** Counts every answer, and shows what was counted to this machine and to whoever has the token. */
export function metrics(app: FastifyInstance, ctx: Context): void {
  app.addHook('onResponse', async (request, reply) => countAnswer(ctx, request, reply))

  app.get(
    '/metrics',
    { config: { access: 'public' }, schema: { hide: true } },
    async (request, reply) => {
      // As for what is not there: a refusal would tell that there is something to guess.
      if (!mayRead(request, ctx.config.metricsToken)) throw problem('not-found')
      await Promise.all([lookIntoOutbox(ctx), lookIntoRevocation(ctx), lookAtClocks(ctx)])
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

/** Not a number while the database does not say: nought would look like good news. */
async function lookIntoOutbox({ metrics, sql }: Context): Promise<void> {
  const lag = await within(outboxLag(sql), DATABASE_PATIENCE_MS)
  metrics.outboxWaiting.set(lag?.waiting ?? Number.NaN)
  metrics.outboxOldestSeconds.set(lag?.oldestSeconds ?? Number.NaN)
}

async function lookIntoRevocation({ metrics, sql }: Context): Promise<void> {
  const [lag, lurkers] = await Promise.all([
    within(stepLag(sql), DATABASE_PATIENCE_MS),
    within(readLurkers(sql), DATABASE_PATIENCE_MS),
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

function mayRead(request: FastifyRequest, token: string | undefined): boolean {
  if (isFromThisMachine(request)) return true
  const given = request.headers.authorization
  return token !== undefined && given !== undefined && isSameSecret(given, `Bearer ${token}`)
}

// The peer itself, not what it says of others: a proxy on this machine speaks for the whole world.
function isFromThisMachine({ socket, headers }: FastifyRequest): boolean {
  if (headers['x-forwarded-for'] !== undefined) return false
  if (headers.forwarded !== undefined) return false
  const peer = socket.remoteAddress
  return peer !== undefined && LOOPBACK.check(peer, isIPv6(peer) ? 'ipv6' : 'ipv4')
}

const LOOPBACK = new BlockList()
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4')
LOOPBACK.addAddress('::1', 'ipv6')
