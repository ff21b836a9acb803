import { authenticateUser } from '@conclave/shared/channel-auth'
import type { Call } from '@conclave/shared/client'
import type { Clock } from '../environment.ts'
import { createAuthBatch, type AuthorizeChannel } from './auth-batch.ts'
import type { Socket } from './socket.ts'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])
const SIGN_IN_TRIES = 4

/** Where the realtime vendor, or its stand-in, is. */
export interface PusherAddress {
  key: string
  cluster: string
  host?: string | undefined
  port?: number | undefined
}

type AuthenticateUser = (
  params: { socketId: string },
  callback: (error: Error | null, user: { auth: string; user_data: string } | null) => void,
) => void

/** What is said to pusher-js. */
export interface PusherOptions {
  cluster: string
  forceTLS: boolean
  enabledTransports: ('ws' | 'wss')[]
  wsHost?: string
  wsPort?: number
  wssPort?: number
  channelAuthorization: { customHandler: AuthorizeChannel }
  userAuthentication: { customHandler: AuthenticateUser }
}

type PusherSocket = Socket & { connection: { socket_id: string }; signin: () => void }

/**
 * Opens the one socket, signed in as me, so that the server can close it when my access ends. The class is handed in,
 * because pusher-js is another one in a browser than on Node.
 */
export function openPusher(options: {
  Pusher: new (key: string, options: PusherOptions) => PusherSocket
  address: PusherAddress
  call: Call
  clock: Clock
}): Socket {
  const { Pusher, address, call, clock } = options
  const socketId = (): string | undefined => pusher.connection.socket_id
  const pusher: PusherSocket = new Pusher(address.key, {
    cluster: address.cluster,
    ...hostOptions(address),
    channelAuthorization: { customHandler: createAuthBatch({ call, clock, socketId }) },
    userAuthentication: {
      customHandler: ({ socketId: asked }, callback) => void signIn(asked, callback),
    },
  })

  async function signIn(asked: string, callback: Parameters<AuthenticateUser>[1]): Promise<void> {
    for (let tries = 1; socketId() === asked; tries++) {
      try {
        const answer = await call(authenticateUser, { body: { socket_id: asked } })
        if (socketId() === asked) callback(null, answer)
        return
      } catch (error) {
        if (tries === SIGN_IN_TRIES) return callback(error as Error, null)
        await new Promise<void>((resolve) => clock.after(500 * 2 ** tries, resolve))
      }
    }
  }

  pusher.signin()
  return pusher
}

function hostOptions({
  host,
  port,
}: PusherAddress): Omit<PusherOptions, 'cluster' | 'channelAuthorization' | 'userAuthentication'> {
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
