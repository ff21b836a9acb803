import type { FastifyRequest } from 'fastify'
import type { Context } from '../../context.ts'
import { problem } from '../../problem.ts'
import { isSameSecret } from '../../same-secret.ts'

/** Accepts only requests with the secret configured for Auth0's event stream; without a configured secret, none. */
export function accessEvents({ config, log }: Context, { headers }: FastifyRequest): void {
  const secret = config.auth0.eventsSecret
  const given = headers.authorization
  if (secret !== undefined && given !== undefined && isSameSecret(given, `Bearer ${secret}`)) return
  log.warn({ reason: secret === undefined ? 'no-secret-configured' : 'secret' }, 'event refused')
  throw problem('not-signed-in')
}
