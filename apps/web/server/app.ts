import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyInstance } from 'fastify'
import type { WebConfig } from '../src/config.ts'
import { securityHeaders } from './headers.ts'

const FOREVER = 'public, max-age=31536000, immutable'

/** Serves the built web: files as they are, and index.html for every page of the app. */
export async function createApp(options: {
  dist: string
  config: WebConfig
}): Promise<FastifyInstance> {
  const { dist, config } = options
  const app = Fastify({ forceCloseConnections: true })
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
    // Files for a CDN, not for readers.
    allowedPath: (path) => !path.startsWith('/_'),
    cacheControl: false,
    setHeaders: (reply, path) => {
      const isHashed = path.replaceAll('\\', '/').includes('/dist/assets/')
      reply.header('Cache-Control', isHashed ? FOREVER : 'no-cache')
    },
  })

  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? ''
    if (!isPage(path)) {
      return reply
        .code(404)
        .type('text/plain')
        .header('Cache-Control', 'no-store')
        .send('Not found')
    }
    return reply.sendFile('index.html')
  })

  app.get('/', (_, reply) => reply.sendFile('index.html'))
  return app
}

/** A missing file is missing: answering it with a page would hide a broken release, and be cached as a script. */
function isPage(path: string): boolean {
  if (path.startsWith('/assets/')) return false
  const segments = decode(path).split('/')
  if (segments.some((segment) => segment.startsWith('.') || segment.startsWith('_'))) return false
  return !(segments.at(-1) ?? '').includes('.')
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return '.'
  }
}
