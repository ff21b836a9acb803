import { authenticateUser } from '@conclave/shared/channel-auth'
import type { Call } from '@conclave/shared/client'
import type { Clock } from '../environment.ts'
import { createAuthBatch, type AuthorizeChannel } from './auth-batch.ts'
import { emitFailedAttempts, type PusherRecord } from './failed-attempts.ts'
import type { Socket } from './socket.ts'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])
const SIGN_IN_TRIES = 4

/** The address of Pusher or its emulator. */
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

/** The options of pusher-js. */
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

type PusherSocket = Socket & {
  connection: { socket_id: string; emit: (event: string) => unknown }
  timeline: PusherRecord
  signin: () => void
}

/**
 * Opens the one socket, signed in as this person, so that the server can close it when their access ends. The class is a
 * parameter because browsers and Node need different builds of pusher-js.
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
      customHandler: ({ socketId: ownId }, callback) => void signIn(ownId, callback),
    },
  })

  async function signIn(ownId: string, callback: Parameters<AuthenticateUser>[1]): Promise<void> {
    for (let tries = 1; socketId() === ownId; tries++) {
      try {
        const answer = await call(authenticateUser, { body: { socket_id: ownId } })
        if (socketId() === ownId) callback(null, answer)
        return
      } catch (error) {
        if (tries === SIGN_IN_TRIES) return callback(error as Error, null)
        await new Promise<void>((resolve) => clock.after(500 * 2 ** tries, resolve))
      }
    }
  }

  emitFailedAttempts({
    timeline: pusher.timeline,
    clock,
    emit: (event) => pusher.connection.emit(event),
  })
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
    // Without this list a failing socket falls back to scripts from another origin; with `wss` in it, a plain socket
    // falls back to TLS, which the emulator does not speak.
    enabledTransports: forceTLS ? ['ws', 'wss'] : ['ws'],
    ...(host === undefined ? {} : { wsHost: host }),
    ...(port === undefined ? {} : forceTLS ? { wssPort: port } : { wsPort: port }),
  }
}
