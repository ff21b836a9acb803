import formbody from '@fastify/formbody'
import {
  authenticateUser,
  authorizeChannel,
  authorizeChannels,
} from '@conclave/shared/channel-auth'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { implement } from '../../implement.ts'
import { onlyForms } from '../../plugins/bodies.ts'
import { signChannel, signChannels, signUser } from './channel-auth.actions.ts'

const FORM = 'application/x-www-form-urlencoded'

export async function channelAuthRoutes(app: FastifyInstance, ctx: Context): Promise<void> {
  implement(app, authorizeChannels, ({ actor, body }) => signChannels(ctx, actor, body))

  // Pusher clients send these two as forms; no other endpoint takes forms.
  await app.register(async (forms) => {
    await forms.register(formbody)
    onlyForms(forms)
    implement(forms, authorizeChannel, ({ actor, body }) => signChannel(ctx, actor, body), [FORM])
    implement(forms, authenticateUser, async ({ actor, body }) => signUser(ctx, actor, body), [
      FORM,
    ])
  })
}
