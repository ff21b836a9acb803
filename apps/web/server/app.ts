import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import type { WebConfig } from '../src/config.ts'
import { securityHeaders } from './headers.ts'

const CONNECTIONS_MAX = 10_000
const KEEP_ALIVE_SECONDS = 75
const FOREVER = 'public, max-age=31536000, immutable'
/** Asked for by name, on every page, by browsers that were told of none; the mark hardly ever changes. */
const ICON = /\.(?:ico|png|svg)$/
const A_DAY = 'public, max-age=86400'

/** Serves the built web: files as they are, and index.html for every page of the app. */
export async function createApp(options: {
  dist: string
  config: WebConfig
  keepAliveSeconds?: number
}): Promise<FastifyInstance> {
  const { dist, config } = options
  const app = Fastify({
    forceCloseConnections: true,
    // As the api does (its server.ts): slow clients are let go within 15 s, and idle ones after a load balancer's minute.
    requestTimeout: 10_000,
    keepAliveTimeout: (options.keepAliveSeconds ?? KEEP_ALIVE_SECONDS) * 1_000,
    http: { headersTimeout: 5_000, connectionsCheckingInterval: 1_000 },
  })
  app.server.maxConnections = CONNECTIONS_MAX
  const headers = securityHeaders(config)

  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers)
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return reply.code(405).header('Allow', 'GET, HEAD').send()
    }
  })

  app.get('/config.json', (_, reply) => reply.header('Cache-Control', 'no-cache').send(config))

  await app.register(fastifyStatic, {
    root: dist,
    wildcard: true,
    index: false,
    dotfiles: 'ignore',
    // Files for other hosts, and maps of our sources, are not for readers.
    allowedPath: (path) =>
      !path.startsWith('/_') && !path.startsWith('/404.') && !path.endsWith('.map'),
    cacheControl: false,
    // What the build compressed is sent so to whoever takes it.
    preCompressed: true,
    setHeaders: (reply, path) => {
      reply.header('Cache-Control', cacheControlOf(path.replaceAll('\\', '/')))
    },
  })

  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? ''
    if (!isPage(path)) {
      return nothing(reply)
    }
    return reply.sendFile('index.html')
  })

  // A path that leads out of the folder, or that cannot be read, is in nobody's words but ours.
  app.setErrorHandler((error: { statusCode?: number }, _, reply) => {
    if (error.statusCode !== undefined && error.statusCode < 500) return nothing(reply)
    return reply.code(500).type('text/plain').send('Something went wrong')
  })

  app.get('/', (_, reply) => reply.sendFile('index.html'))
  return app
}

function cacheControlOf(path: string): string {
  if (path.includes('/dist/assets/')) return FOREVER
  return ICON.test(path) ? A_DAY : 'no-cache'
}

function nothing(reply: FastifyReply): FastifyReply {
  return reply.code(404).type('text/plain').header('Cache-Control', 'no-store').send('Not found')
}

/** A missing file is missing: answering it with a page would hide a broken release, and be cached as a script. */
function isPage(path: string): boolean {
  if (path.startsWith('/assets/')) return false
  const segments = decode(path).split('/')
  return !segments.some((segment) => segment.includes('.') || segment.startsWith('_'))
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return '.'
  }
}
