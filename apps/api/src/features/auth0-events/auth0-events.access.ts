import type { FastifyRequest } from 'fastify'
import type { Context } from '../../context.ts'
import { problem } from '../../problem.ts'
import { isSameSecret } from '../../same-secret.ts'

/** Only what carries the secret that Auth0's event stream was given; without one nothing does. */
export function accessEvents({ config, log }: Context, { headers }: FastifyRequest): void {
  const secret = config.auth0.eventsSecret
  const given = headers.authorization
  if (secret !== undefined && given !== undefined && isSameSecret(given, `Bearer ${secret}`)) return
  log.warn({ reason: secret === undefined ? 'no-secret-configured' : 'secret' }, 'event refused')
  throw problem('not-signed-in')
}
