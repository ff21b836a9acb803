import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import type { WebConfig } from '../src/config.ts'
import { securityHeaders } from './headers.ts'

const CONNECTIONS_MAX = 10_000
const KEEP_ALIVE_SECONDS = 75
/** A path at which nothing exists: no page and no file begins with it. */
const NOWHERE = '/_'
const FOREVER = 'public, max-age=31536000, immutable'
/** Browsers ask for icons by name on every page, without a link to them; an icon hardly ever changes. */
const ICON = /\.(?:ico|png|svg)$/
const A_DAY = 'public, max-age=86400'

/** Serves the built web: files as they are, and index.html for every page of the app. */
export async function createApp(options: {
  dist: string
  config: WebConfig
  keepAliveSeconds?: number
}): Promise<FastifyInstance> {
  const { dist, config } = options
  const headers = securityHeaders(config)
  const app = Fastify({
    forceCloseConnections: true,
    // The same as in the api (its server.ts): slow clients are disconnected within 15 s, idle ones only after the load
    // balancer's minute.
    requestTimeout: 10_000,
    keepAliveTimeout: (options.keepAliveSeconds ?? KEEP_ALIVE_SECONDS) * 1_000,
    http: { headersTimeout: 5_000, connectionsCheckingInterval: 1_000, requireHostHeader: false },
    // Fastify and Node answer unreadable and timed-out requests before any hook runs, so without any of these headers.
    rewriteUrl: ({ url = '/' }) => (decode(url) === undefined ? NOWHERE : url),
    clientErrorHandler: (error, socket) => answerBadSocket(error, socket, headers),
    return503OnClosing: false,
  })
  app.server.maxConnections = CONNECTIONS_MAX
  app.server.on('checkExpectation', (request, response) => {
    app.server.emit('request', request, response)
  })

  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers)
    if (request.raw.httpVersion === '1.1' && request.headers.host === undefined) {
      return reply.code(400).send()
    }
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
    // Files for other hosts and our source maps are not served.
    allowedPath: (path) =>
      !path.startsWith('/_') && !path.startsWith('/404.') && !path.endsWith('.map'),
    cacheControl: false,
    // Sends the compressed file from the build to clients that accept it.
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

  // A path outside the folder, or an unreadable one, gets our answer instead of the library's.
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

/**
 * A missing file is a 404. Answering with the page would hide a broken release, and the page would be cached as a
 * script.
 */
function isPage(path: string): boolean {
  if (path.startsWith('/assets/')) return false
  const segments = decode(path)?.split('/')
  return (
    segments !== undefined &&
    !segments.some((segment) => segment.includes('.') || segment.startsWith('_'))
  )
}

function decode(url: string): string | undefined {
  try {
    return decodeURIComponent(url.split(/[?#;]/, 1)[0] ?? '')
  } catch {
    return undefined
  }
}

/** Answers what is not HTTP at all, or comes too slowly to become it. */
function answerBadSocket(
  { code }: { code?: string },
  socket: Socket,
  headers: Record<string, string>,
): void {
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const status = BAD_SOCKETS[code ?? ''] ?? 400
  const all = {
    ...headers,
    'Cache-Control': 'no-store',
    Connection: 'close',
    'Content-Length': '0',
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', ''].join('\r\n'))
}

/** By the error codes of Node and its parser. */
const BAD_SOCKETS: Record<string, number> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  HPE_HEADER_OVERFLOW: 431,
}
