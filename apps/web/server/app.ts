import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import type { WebConfig } from '../src/config.ts'
import { securityHeaders } from './headers.ts'

const CONNECTIONS_MAX = 10_000
const FOREVER = 'public, max-age=31536000, immutable'

/** Serves the built web: files as they are, and index.html for every page of the app. */
export async function createApp(options: {
  dist: string
  config: WebConfig
}): Promise<FastifyInstance> {
  const { dist, config } = options
  const app = Fastify({
    forceCloseConnections: true,
    // As the api does (its server.ts): slow and idle clients are let go within 15 s.
    requestTimeout: 10_000,
    keepAliveTimeout: 10_000,
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
      const isHashed = path.replaceAll('\\', '/').includes('/dist/assets/')
      reply.header('Cache-Control', isHashed ? FOREVER : 'no-cache')
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
