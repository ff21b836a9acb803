import { CONTRACT_VERSION } from '@conclave/shared/contract-version'
import swagger from '@fastify/swagger'
import Fastify, { type FastifyInstance } from 'fastify'

/** The contract as OpenAPI at `/openapi.json`, and as a page at `/docs`. */
export async function openapi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Conclave',
        version: String(CONTRACT_VERSION),
        description: 'Secure team chat',
      },
      components: {
        securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      },
      security: [{ token: [] }],
    },
  })
  app.get('/openapi.json', HIDDEN, async () => app.swagger())
  await app.register(docs)
}

/** The page is 5 MB of script that few people open, so it is loaded on the first request. */
async function docs(app: FastifyInstance): Promise<void> {
  let opening: Promise<FastifyInstance> | undefined
  app.addHook('onRequest', async (_, reply) => {
    reply.helmet(DOCS_HEADERS)
  })
  for (const path of ['/docs', '/docs/', '/docs/js/scalar.js']) {
    app.get(path, HIDDEN, async (_, reply) => {
      opening ??= openPages()
      const page = await (await opening).inject(path)
      const { location, 'content-type': type } = page.headers
      if (location) return reply.redirect(location, page.statusCode)
      return reply.type(type ?? '').send(page.rawPayload)
    })
  }
}

/** Scalar's plugin runs on a server of its own, because ours takes no routes once it listens. */
async function openPages(): Promise<FastifyInstance> {
  const { default: scalar } = await import('@scalar/fastify-api-reference')
  const pages = Fastify()
  await pages.register(scalar, {
    routePrefix: '/docs',
    configuration: {
      url: '/openapi.json',
      withDefaultFonts: false,
      // The page documents this api only, without Scalar's own services.
      showDeveloperTools: 'never',
      hideClientButton: true,
      telemetry: false,
      agent: { disabled: true },
      mcp: { disabled: true },
    },
  })
  return pages
}

const HIDDEN = { config: { access: 'public' as const }, schema: { hide: true } }

// The page may run its own script and styles, and connect to this api only.
const DOCS_HEADERS = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'", "'unsafe-inline'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
}
