import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { NAME_RULES } from '@conclave/shared/names'
import { PROBLEMS, type Problem, type ProblemSlug } from '@conclave/shared/problems'
import { WRITTEN_RULES } from '@conclave/shared/visible'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isDatabaseAway } from '../database/write-errors.ts'
import { ProblemThrown } from '../problem.ts'
import { allowedMethods } from './allowed-methods.ts'
import { ALWAYS } from './security.ts'

type Errors = Problem['errors']

interface Details {
  errors?: Errors
  retryAfterSeconds?: number | undefined
}

/** For problems without a known end: an unreachable database, a full queue. */
const RETRY_SOON_SECONDS = 2

/** The one place that turns errors into problem documents (RFC 9457). */
export function problems(app: FastifyInstance): void {
  const methodsAt = allowedMethods(app)
  app.decorateRequest('refused', undefined)

  app.setErrorHandler((error, request, reply) => {
    const { slug, ...details } = translate(error)
    request.refused = { slug, personId: personOf(request, error) }
    if (slug === 'internal') request.log.error({ err: error }, 'failed')
    if (slug === 'unavailable') request.log.warn({ err: error }, 'unavailable')
    return answer(request, reply, slug, details)
  })

  app.setNotFoundHandler((request, reply) => {
    const methods = methodsAt(request.url)
    if (methods.length === 0) return answer(request, reply, 'not-found')
    reply.header('allow', methods.join(', '))
    return answer(request, reply, 'method-not-allowed')
  })
}

/** For errors that Fastify answers before any hook of ours. */
export function answerUnrouted(
  _: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  reply.headers(ALWAYS)
  answer(request, reply, 'invalid-request')
}

/** For bytes that are not HTTP, or arrive too slowly: there is no request to answer yet. */
export function answerBadSocket(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const slug = BAD_SOCKETS[error.code ?? ''] ?? 'invalid-request'
  const { status } = PROBLEMS[slug]
  const id = randomUUID()
  const body = JSON.stringify(document(slug, id))
  const headers = {
    ...ALWAYS,
    'x-request-id': id,
    connection: 'close',
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(body),
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', body].join('\r\n'))
}

/** By error codes of Node and its parser. */
const BAD_SOCKETS: Record<string, ProblemSlug> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'too-slow',
  HPE_HEADER_OVERFLOW: 'head-too-large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'too-large',
}

function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  slug: ProblemSlug,
  { errors, retryAfterSeconds = RETRY_SOON_SECONDS }: Details = {},
) {
  const { status } = PROBLEMS[slug]
  if (status === 401) reply.header('www-authenticate', 'Bearer error="invalid_token"')
  if (status === 503 || status === 429) reply.header('retry-after', retryAfterSeconds)
  return reply
    .status(status)
    .type('application/problem+json')
    .send(document(slug, request.id, errors))
}

function document(slug: ProblemSlug, instance: string, errors?: Errors): Problem {
  const { status, title } = PROBLEMS[slug]
  return { type: `/problems/${slug}`, title, status, instance, ...(errors ? { errors } : {}) }
}

function personOf(request: FastifyRequest, error: unknown): string | undefined {
  return request.actor?.personId ?? (error instanceof ProblemThrown ? error.personId : undefined)
}

function translate(error: unknown): { slug: ProblemSlug } & Details {
  if (error instanceof ProblemThrown) return error
  const { validation, validationContext, statusCode } = error as FastifyError
  if (validation)
    return { slug: 'invalid-request', errors: pointers(validation, validationContext) }
  if (isDatabaseAway(error)) return { slug: 'unavailable' }
  return { slug: SLUGS[statusCode ?? 500] ?? 'internal' }
}

/** By error codes of Fastify. */
const SLUGS: Record<number, ProblemSlug> = {
  400: 'invalid-request',
  408: 'too-slow',
  413: 'too-large',
  415: 'unsupported-media-type',
  503: 'unavailable',
}

const TEXT_RULES = new Map<unknown, string>(Object.entries({ ...WRITTEN_RULES, ...NAME_RULES }))

/** Where the input is wrong and the rule it breaks; never the value that was sent. */
function pointers(validation: NonNullable<FastifyError['validation']>, context = 'body'): Errors {
  return validation.map(({ instancePath, params, message }) => {
    const rule = TEXT_RULES.get(params['pattern'])
    const name = params['additionalProperty'] ?? params['missingProperty']
    const inside = typeof name === 'string' ? `/${escapePointer(name)}` : ''
    return {
      pointer: `/${context}${instancePath}${inside}`,
      detail: rule ?? message ?? 'is not valid',
    }
  })
}

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}
