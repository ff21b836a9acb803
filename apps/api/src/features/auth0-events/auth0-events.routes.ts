import { Auth0Event, receiveAuth0Event } from '@conclave/shared/auth0-events'
import type { FastifyInstance } from 'fastify'
import { Check } from 'typebox/value'
import type { Context } from '../../context.ts'
import { implement } from '../../implement.ts'
import { problem } from '../../problem.ts'
import { bytesOf, rawBodies } from '../../webhooks/raw-bodies.ts'
import { accessEvents } from './auth0-events.access.ts'
import { receiveEvent } from './auth0-events.actions.ts'

export async function auth0EventsRoutes(app: FastifyInstance, ctx: Context): Promise<void> {
  await app.register(async (raw) => {
    // Profiles can be large and CloudEvents have several content types. The secret is checked before the body is
    // parsed.
    rawBodies(raw)
    implement(raw, receiveAuth0Event, async ({ request }) => {
      accessEvents(ctx, request)
      await receiveEvent(ctx, parseEvent(bytesOf(request.body)))
      return {}
    })
  })
}

function parseEvent(body: Buffer): Auth0Event {
  const event = parseJson(body.toString('utf8'))
  if (!Check(Auth0Event, event)) throw problem('invalid-request')
  return event
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
