import { setTimeout as pause } from 'node:timers/promises'
import { receivePusherWebhook } from '@conclave/shared/presence'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { implement } from '../../implement.ts'
import { bytesOf, rawBodies } from '../../webhooks/raw-bodies.ts'
import { accessWebhook } from './presence.access.ts'
import { receiveWebhook } from './presence.actions.ts'

/**
 * Pusher waits 5 s. On a slow database the work continues after the response; if it fails, the next reconciliation
 * repairs it.
 */
const ANSWER_AFTER_MS = 3_000

export async function presenceRoutes(app: FastifyInstance, ctx: Context): Promise<void> {
  await app.register(async (raw) => {
    rawBodies(raw)
    implement(raw, receivePusherWebhook, async ({ request }) => {
      const webhook = accessWebhook(ctx, request.headers, bytesOf(request.body))
      const work = receiveWebhook(ctx, webhook)
      const late = pause(ANSWER_AFTER_MS, 'late' as const, { ref: false })
      if ((await Promise.race([work, late])) === 'late') {
        work.catch((error: unknown) => ctx.log.warn({ err: error }, 'a webhook was not applied'))
      }
      return {}
    })
  })
}
