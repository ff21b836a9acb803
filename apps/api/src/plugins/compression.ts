import { randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyInstance, FastifyReply } from 'fastify'

/** Below this the headers weigh more than what is saved. */
const COMPRESSED_FROM_BYTES = 1_024
/** Random blanks after a compressed answer, at most. */
const PADDING_MAX_CHARS = 64
const BLANKS = [' ', '\n', '\r', '\t'] as const

const compress = promisify(gzip)

/**
 * Compresses what is read, for clients that take gzip, which all browsers do.
 *
 * Compressing encrypted answers can tell their content by their length (BREACH): where one has a secret beside text that an
 * attacker chose, who makes the victim's browser ask for it again and again and sees the lengths. Here nobody can make it ask:
 * a browser adds nothing to a request by itself (no cookies; the bearer token is added by our page only). Only answers to
 * GET are compressed, and none of them has a token, a signature or a channel's key; those are in the answers to POST. What is
 * left is somebody who sees the lengths of a colleague's traffic, adds them to rooms with names that they chose, and waits
 * for lists that have these beside the names of other rooms. So each compressed answer has a random number of blanks after its
 * JSON, which hide the few bytes by which a guess would show.
 */
export function compression(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (request.method !== 'GET' || typeof payload !== 'string') return payload
    if (payload.length < COMPRESSED_FROM_BYTES) return payload
    addVary(reply)
    if (!takesGzip(request.headers['accept-encoding'])) return payload
    const isJson = String(reply.getHeader('content-type')).includes('json')
    const compressed = await compress(isJson ? payload + padding() : payload)
    reply.header('content-encoding', 'gzip').removeHeader('content-length')
    return compressed
  })
}

/** Caches keep both forms apart; the header may name the origin already. */
function addVary(reply: FastifyReply): void {
  const before = reply.getHeader('vary')
  reply.header(
    'vary',
    before === undefined ? 'accept-encoding' : `${String(before)}, accept-encoding`,
  )
}

/** RFC 9110 section 12.5.3: a coding with a weight of 0 is not acceptable; `*` is any that is not named. */
function takesGzip(accepted: string | string[] | undefined): boolean {
  const codings = String(accepted ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim().split(/\s*;\s*/))
  const [, weight = 'q=1'] = codings.find(([name]) => name === 'gzip' || name === 'x-gzip') ??
    codings.find(([name]) => name === '*') ?? ['', 'q=0']
  return !/^q=0(?:\.0*)?$/.test(weight)
}

function padding(): string {
  const [length = 0, ...bytes] = randomBytes(PADDING_MAX_CHARS + 1)
  return bytes
    .slice(0, length % (PADDING_MAX_CHARS + 1))
    .map((byte) => BLANKS[byte % BLANKS.length])
    .join('')
}
