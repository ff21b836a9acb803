import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import type { WebConfig } from '../src/config.ts'
import { securityHeaders } from './headers.ts'

const CONNECTIONS_MAX = 10_000
/** Where nothing is: no page and no file begins so. */
const NOWHERE = '/_'
const FOREVER = 'public, max-age=31536000, immutable'

/** Serves the built web: files as they are, and index.html for every page of the app. */
export async function createApp(options: {
  dist: string
  config: WebConfig
}): Promise<FastifyInstance> {
  const { dist, config } = options
  const headers = securityHeaders(config)
  const app = Fastify({
    forceCloseConnections: true,
    // As the api does (its server.ts): slow and idle clients are let go within 15 s.
    requestTimeout: 10_000,
    keepAliveTimeout: 10_000,
    http: { headersTimeout: 5_000, connectionsCheckingInterval: 1_000, requireHostHeader: false },
    // Fastify and Node answer what cannot be read, and what comes too late, before any hook: with none of these headers.
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
    // Files for a CDN, and maps of our sources, are not for readers.
    allowedPath: (path) => !path.startsWith('/_') && !path.endsWith('.map'),
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

/** For what is not HTTP at all, or too slow to become it. */
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

/** By the codes of Node and of its parser. */
const BAD_SOCKETS: Record<string, number> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  HPE_HEADER_OVERFLOW: 431,
}
