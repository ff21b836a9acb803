import { authenticateUser } from '@conclave/shared/channel-auth'
import Pusher from 'pusher-js/with-encryption'
import type { Options, UserAuthenticationCallback } from 'pusher-js/with-encryption'
import type { WebConfig } from '../config.ts'
import type { Call } from '../server/call.ts'
import { createAuthBatch } from './auth-batch.ts'
import type { Socket } from './socket.ts'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])
const SIGN_IN_TRIES = 4

/** Opens the one socket, signed in as me, so that the server can close it when my access ends. */
export function openPusher(config: WebConfig['pusher'], call: Call): Socket {
  const socketId = (): string | undefined => pusher.connection.socket_id
  const pusher: Pusher = new Pusher(config.key, {
    cluster: config.cluster,
    ...hostOptions(config),
    channelAuthorization: { customHandler: createAuthBatch({ call, socketId }) },
    userAuthentication: {
      customHandler: ({ socketId: asked }, callback) => {
        void signIn(asked, callback)
      },
    },
  })

  async function signIn(asked: string, callback: UserAuthenticationCallback): Promise<void> {
    for (let tries = 1; socketId() === asked; tries++) {
      try {
        const answer = await call(authenticateUser, { body: { socket_id: asked } })
        if (socketId() === asked) callback(null, answer)
        return
      } catch (error) {
        if (tries === SIGN_IN_TRIES) return callback(error as Error, null)
        await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** tries))
      }
    }
  }

  pusher.signin()
  return pusher
}

function hostOptions({ host, port }: WebConfig['pusher']): Partial<Options> {
  const forceTLS = host === undefined || !LOOPBACK.has(host)
  return {
    forceTLS,
    // Without this list a failing socket falls back to scripts from another origin; with `wss` in it,
    // a plain one falls back to a TLS that a stand-in does not speak.
    enabledTransports: forceTLS ? ['ws', 'wss'] : ['ws'],
    ...(host === undefined ? {} : { wsHost: host }),
    ...(port === undefined ? {} : forceTLS ? { wssPort: port } : { wsPort: port }),
  }
}
