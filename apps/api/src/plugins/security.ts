import { VERSION_HEADER, versionValue } from '@conclave/shared/contract-version'
import cors from '@fastify/cors'
import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../context.ts'

/** On every response, also where no request could be parsed. */
export const ALWAYS = {
  [VERSION_HEADER]: versionValue(),
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none';frame-ancestors 'none';sandbox",
  'cross-origin-resource-policy': 'same-site',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const

/** Headers that keep pages from framing, caching or running the api's responses, and let only our own web read them. */
export async function security(app: FastifyInstance, { config }: Context): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], sandbox: [] },
    },
    crossOriginResourcePolicy: { policy: 'same-site' },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: true },
    xFrameOptions: { action: 'deny' },
  })
  // Registered before cors, which answers preflights itself.
  app.addHook('onRequest', async (_, reply) => {
    reply.header('cache-control', 'no-store').header(VERSION_HEADER, versionValue())
  })
  await app.register(cors, {
    // Exact origins: a pattern could match look-alike hosts. No cookies, so no credentials.
    origin: [...config.webOrigins],
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type'],
    exposedHeaders: [VERSION_HEADER, 'retry-after', 'www-authenticate', 'x-request-id'],
    maxAge: 600,
  })
}
