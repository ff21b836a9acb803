import { randomUUID } from 'node:crypto'
import type { Writable } from 'node:stream'
import Fastify, { LogController, type FastifyInstance } from 'fastify'
import type { Config } from './config.ts'
import { loggerOptions } from './plugins/observing/logging.ts'
import { answerBadSocket, answerUnrouted } from './plugins/problem-documents.ts'
import { readableUrl } from './plugins/request-line.ts'

/** The largest request the api reads: the longest message fits, even if JSON has six bytes for each of its characters. */
const BODY_MAX_BYTES = 96 * 1024
/** Node's own limit. */
const HEAD_MAX_BYTES = 16 * 1024
/** An idle connection costs some kilobytes. Beyond this, new connections are closed at once; open ones continue. */
const CONNECTIONS_MAX = 10_000

/** The server without routes: the size, time and connection limits, and the trusted proxies. */
export function createServer(config: Config, logTo?: Writable): FastifyInstance {
  const server = Fastify({
    logger: loggerOptions(config.logLevel, logTo),
    logController: new LogController({ disableRequestLogging: true }),
    // A client that could choose the id could forge log lines for other requests.
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    bodyLimit: BODY_MAX_BYTES,
    // Slow headers, slow bodies and idle new sockets are closed within 15 s.
    requestTimeout: 10_000,
    keepAliveTimeout: config.keepAliveSeconds * 1_000,
    // request-line.ts checks the host, and answers with our problem.
    http: { headersTimeout: 5_000, connectionsCheckingInterval: 1_000, requireHostHeader: false },
    // A list of addresses only: `true` would trust whatever a client writes into X-Forwarded-For.
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    // draining.ts does this: Fastify's own answer would lack our headers.
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
    // As long as a header section may be; the contract checks what an id looks like.
    routerOptions: { maxParamLength: HEAD_MAX_BYTES },
    frameworkErrors: answerUnrouted,
    clientErrorHandler: answerBadSocket,
  })
  server.server.maxConnections = CONNECTIONS_MAX
  // Node would answer an unknown `Expect` itself; request-line.ts does, with our problem.
  server.server.on('checkExpectation', (request, response) => {
    server.server.emit('request', request, response)
  })
  return server
}
