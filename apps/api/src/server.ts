import { randomUUID } from 'node:crypto'
import type { Writable } from 'node:stream'
import Fastify, { LogController, type FastifyInstance } from 'fastify'
import type { Config } from './config.ts'
import { loggerOptions } from './plugins/logging.ts'
import { answerBadPath, answerBadSocket } from './plugins/problems.ts'

/** The largest request the api reads. */
export const BODY_MAX_BYTES = 32 * 1024
/** Idle ones cost some kilobytes each; beyond, new ones are closed at once, and who is connected goes on. */
const CONNECTIONS_MAX = 10_000

/** A server that has no routes yet: how much, how long and from whom it takes anything at all. */
export function createServer(config: Config, logTo?: Writable): FastifyInstance {
  const server = Fastify({
    logger: loggerOptions(config.logLevel, logTo),
    logController: new LogController({ disableRequestLogging: true }),
    // A client that could choose the id could forge lines in somebody else's trail.
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    bodyLimit: BODY_MAX_BYTES,
    // Slow headers, slow bodies and sockets that never asked anything are let go within 15 s.
    requestTimeout: 10_000,
    keepAliveTimeout: config.keepAliveSeconds * 1_000,
    http: { headersTimeout: 5_000, connectionsCheckingInterval: 1_000 },
    // Only a list of addresses: `true` believes whatever a client writes into X-Forwarded-For.
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    return503OnClosing: true,
    exposeHeadRoutes: false,
    ajv: {
      customOptions: {
        coerceTypes: false,
        removeAdditional: false,
        useDefaults: false,
        allErrors: false,
      },
    },
    frameworkErrors: answerBadPath,
    clientErrorHandler: answerBadSocket,
  })
  server.server.maxConnections = CONNECTIONS_MAX
  return server
}
