import type { Writable } from 'node:stream'
import type { FastifyInstance, FastifyServerOptions } from 'fastify'

const SECRET_NAMES = [
  'authorization',
  'token',
  'accessToken',
  'access_token',
  'secret',
  'shared_secret',
  'password',
  'masterKey',
  'databaseUrl',
  'auth',
]

/** Logs JSON lines; fields that are named like a secret are removed. */
export function loggerOptions(
  level: string,
  stream: Writable | undefined,
): NonNullable<Exclude<FastifyServerOptions['logger'], boolean>> {
  return {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ level: label }) },
    redact: SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
    serializers: { err: describeError, error: describeError },
    ...(stream ? { stream } : {}),
  }
}

/** One line per request, with the route and never the URL, whose query may contain what people wrote. */
export function logging(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  // These fields are ours and never secret, so they need no redaction.
  const answers = app.log.child({}, { redact: [] })
  app.addHook('onResponse', async (request, reply) => {
    answers.info(
      {
        reqId: request.id,
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        personId: request.actor?.personId,
      },
      'answered',
    )
  })
}

/**
 * Only these fields: Pusher's RequestError has a signed URL that can be replayed for ten minutes, get-jwks' errors have
 * a whole response, and Postgres' the row that was refused.
 */
function describeError(error: unknown): Described {
  if (!(error instanceof Error)) return { type: typeof error, message: '', stack: '' }
  const { code, status } = error as { code?: unknown; status?: unknown }
  const { message, stack = '' } = error
  const loggable = quotesWhatItRead(error, code) ? '[withheld: it quotes what was read]' : message
  return {
    type: error.name,
    message: withoutSecrets(loggable),
    stack: withoutSecrets(stack.replace(message, () => loggable)),
    ...(code === undefined ? {} : { code }),
    ...(status === undefined ? {} : { status }),
    ...(error.cause instanceof Error ? { cause: describeError(error.cause) } : {}),
  }
}

/** JSON.parse quotes its input, and Postgres' class 22 (data exceptions) the invalid value. */
function quotesWhatItRead(error: Error, code: unknown): boolean {
  return error instanceof SyntaxError || (typeof code === 'string' && /^22[0-9A-Z]{3}$/.test(code))
}

function withoutSecrets(text: string): string {
  return text
    .replaceAll(/eyJ[\w-]*(\.[\w-]*)*/g, '[token]')
    .replaceAll(/auth_signature=\w+/g, 'auth_signature=[redacted]')
    .replaceAll(/postgres(ql)?:\/\/\S+/g, '[database]')
}

interface Described {
  type: string
  message: string
  stack: string
  [field: string]: unknown
}
