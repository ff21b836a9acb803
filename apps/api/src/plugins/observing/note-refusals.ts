import { AUDITED_PROBLEMS, type AuditTarget } from '@conclave/shared/audit'
import { parseChannel } from '@conclave/shared/channels'
import { ENDPOINTS } from '@conclave/shared/endpoints'
import { UUID_PATTERN } from '@conclave/shared/ids'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Context } from '../../context.ts'

const UUID = new RegExp(`^${UUID_PATTERN}$`)
const NAMES = new Map(
  Object.entries(ENDPOINTS).map(([name, { method, path }]) => [`${method} ${path}`, name]),
)

/**
 * Writes an audit entry for each request in which a known person was refused access. Unknown callers are in the request
 * log only: otherwise anyone on the internet could fill the table.
 *
 * Recorded when the response is sent, not when it has arrived, which a client could prevent by disconnecting.
 */
export function refusals(app: FastifyInstance, ctx: Context): void {
  app.addHook('onSend', async (request) => {
    const { refused } = request
    if (!refused?.personId || !AUDITED_PROBLEMS.includes(refused.slug)) return
    ctx.refusals.note({
      actorId: refused.personId,
      action: nameOf(request),
      target: targetOf(request),
      requestId: request.id,
      problem: refused.slug,
    })
  })
}

function nameOf({ method, routeOptions: { url = 'none' } }: FastifyRequest): string {
  return NAMES.get(`${method} ${url}`) ?? `${method} ${url}`
}

/** The ids in the request; nothing else of the body, which may contain what people wrote. */
function targetOf({ params, query, body }: FastifyRequest): AuditTarget {
  const given = { ...fieldsOf(body), ...roomIn(fieldsOf(query)), ...fieldsOf(params) }
  const named = { ...given, ...fieldsOf(channelOf(given)) }
  return Object.fromEntries(
    Object.entries(named).filter(
      (field): field is [string, string] => field[0].endsWith('Id') && isId(field[1]),
    ),
  )
}

/** A room that a query names is one that the caller asked about as well; see `listPeople`. */
function roomIn({ outside }: Record<string, unknown>): Record<string, unknown> {
  return outside === undefined ? {} : { roomId: outside }
}

function channelOf({ channel_name: name }: Record<string, unknown>): unknown {
  return typeof name === 'string' ? parseChannel(name) : undefined
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value)
}
