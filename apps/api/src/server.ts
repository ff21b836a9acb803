import { randomUUID } from 'node:crypto'
import type { Writable } from 'node:stream'
import Fastify, { LogController, type FastifyInstance } from 'fastify'
import type { Config } from './config.ts'
import { loggerOptions } from './plugins/observing/logging.ts'
import { answerBadSocket, answerUnrouted } from './plugins/problem-documents.ts'
import { readableUrl } from './plugins/request-line.ts'

/** The largest request the api reads. */
export const BODY_MAX_BYTES = 32 * 1024
/** Node's own limit. */
const HEAD_MAX_BYTES = 16 * 1024
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
    // Whether there is a host is for request-line.ts to say, in our words.
    http: { headersTimeout: 5_000, connectionsCheckingInterval: 1_000, requireHostHeader: false },
    // Only a list of addresses: `true` believes whatever a client writes into X-Forwarded-For.
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    // By a hook (draining.ts): Fastify's own answer would have no header of ours.
    return503OnClosing: false,
    exposeHeadRoutes: false,
    ajv: {
      customOptions: {
        coerceTypes: false,
        removeAdditional: false,
        useDefaults: false,
        allErrors: false,
      },
    },
    rewriteUrl: readableUrl,
    // As long as a head may be; what an id looks like is for the contract to say.
    routerOptions: { maxParamLength: HEAD_MAX_BYTES },
    frameworkErrors: answerUnrouted,
    clientErrorHandler: answerBadSocket,
  })
  server.server.maxConnections = CONNECTIONS_MAX
  // Node would refuse what it does not expect without asking us; request-line.ts does, in our words.
  server.server.on('checkExpectation', (request, response) => {
    server.server.emit('request', request, response)
  })
  return server
}
