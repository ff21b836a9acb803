import type { FastifyInstance } from 'fastify'
import type { Context } from './context.ts'
import { adminRoutes } from './features/admin/admin.routes.ts'
import { editsRoutes } from './features/edits/edits.routes.ts'
import { auth0EventsRoutes } from './features/auth0-events/auth0-events.routes.ts'
import { channelAuthRoutes } from './features/channel-auth/channel-auth.routes.ts'
import { membersRoutes } from './features/members/members.routes.ts'
import { messagesRoutes } from './features/messages/messages.routes.ts'
import { auditRoutes } from './features/audit/audit.routes.ts'
import { peopleRoutes } from './features/people/people.routes.ts'
import { presenceRoutes } from './features/presence/presence.routes.ts'
import { announceRegularly } from './features/presence/presence.worker.ts'
import { quotesRoutes } from './features/quotes/quotes.routes.ts'
import { reactionsRoutes } from './features/reactions/reactions.routes.ts'
import { removalsRoutes } from './features/removals/removals.routes.ts'
import { workspaceRoutes } from './features/workspace/workspace.routes.ts'
import { hints } from './realtime/hints.ts'
import { relay } from './realtime/relay.ts'
import { resumeRekeys } from './features/revocation/rekey.worker.ts'
import { roomsRoutes } from './features/rooms/rooms.routes.ts'
import { searchIndexer } from './features/search/search.consumer.ts'
import { fillSearch } from './features/search/search-fill.worker.ts'
import { searchRoutes } from './features/search/search.routes.ts'
import { sessionsRoutes } from './features/sessions/sessions.routes.ts'
import { authentication } from './plugins/authentication/authentication.ts'
import { bodies } from './plugins/bodies.ts'
import { compression } from './plugins/compression.ts'
import { draining } from './plugins/draining.ts'
import { health } from './plugins/observing/health.route.ts'
import { limits } from './plugins/limits/rate-limits.ts'
import { logging } from './plugins/observing/logging.ts'
import { metrics } from './plugins/observing/metrics.route.ts'
import { openapi } from './plugins/openapi.ts'
import { problems } from './plugins/problem-documents.ts'
import { refusals } from './plugins/observing/note-refusals.ts'
import { requestLine } from './plugins/request-line.ts'
import { security } from './plugins/security.ts'
import { rounds } from './rounds/rounds.ts'

/**
 * The api's table of contents. The order matters: plugins see a request in the order they are registered.
 *
 * @param options.hintsEveryMs how long hints are gathered, if not the usual time
 */
export async function buildApp(
  app: FastifyInstance,
  ctx: Context,
  { hintsEveryMs }: { hintsEveryMs?: number | undefined } = {},
): Promise<FastifyInstance> {
  logging(app)
  metrics(app, ctx)
  problems(app)
  refusals(app, ctx)
  await security(app, ctx)
  draining(app)
  compression(app)
  requestLine(app)
  const limited = await limits(app, ctx)
  await authentication(app, ctx, limited)
  bodies(app)
  await openapi(app)

  health(app, ctx)
  peopleRoutes(app, ctx)
  roomsRoutes(app, ctx)
  membersRoutes(app, ctx)
  messagesRoutes(app, ctx)
  quotesRoutes(app, ctx)
  reactionsRoutes(app, ctx)
  editsRoutes(app, ctx)
  removalsRoutes(app, ctx)
  searchRoutes(app, ctx)
  sessionsRoutes(app, ctx)
  adminRoutes(app, ctx)
  workspaceRoutes(app, ctx)
  await channelAuthRoutes(app, ctx)
  auditRoutes(app, ctx)
  await presenceRoutes(app, ctx)
  await auth0EventsRoutes(app, ctx)
  await ctx.consumers.start(relay(ctx))
  await ctx.consumers.start(hints(ctx, hintsEveryMs))
  await ctx.consumers.start(searchIndexer())
  fillSearch(app, ctx)
  resumeRekeys(app, ctx)
  announceRegularly(app, ctx)
  rounds(app, ctx)
  return app
}
