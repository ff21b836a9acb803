import swagger from '@fastify/swagger'
import scalar from '@scalar/fastify-api-reference'
import type { FastifyInstance } from 'fastify'

/** The contract for machines at `/openapi.json`, and to browse at `/docs`. */
export async function openapi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Conclave', version: '1', description: 'Secure team chat' },
      components: {
        securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      },
      security: [{ token: [] }],
    },
  })
  const hidden = { config: { access: 'public' as const }, schema: { hide: true } }
  app.get('/openapi.json', hidden, async () => app.swagger())
  await app.register(docs)
}

async function docs(app: FastifyInstance): Promise<void> {
  app.addHook('onRoute', (route) => {
    Object.assign(route, { config: { ...route.config, access: 'public' } })
  })
  app.addHook('onRequest', async (_, reply) => {
    reply.helmet(DOCS_HEADERS)
  })
  await app.register(scalar, {
    routePrefix: '/docs',
    configuration: {
      url: '/openapi.json',
      withDefaultFonts: false,
      // The page documents this api and offers nobody else's services.
      showDeveloperTools: 'never',
      hideClientButton: true,
      telemetry: false,
      agent: { disabled: true },
      mcp: { disabled: true },
    },
  })
}

// The page runs its own script and styles, and may talk to nobody but us.
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
