import { createHealth } from '@conclave/client/connection/api-health'
import {
  createConnection,
  type ConnectionOptions,
} from '@conclave/client/connection/client-connection'
import { openPusher } from '@conclave/client/connection/open-pusher'
import type { SocketChannel } from '@conclave/client/connection/socket'
import { nodeEnvironment as environment } from '@conclave/client/node/node-environment'
import type { Stack } from '@conclave/dev-stack/stack'
import PusherModule from 'pusher-js'

// In Node the package is the class itself; its types describe the bundle for browsers.
const Pusher = PusherModule as unknown as typeof PusherModule.default

/** The web's own connection, without the screen. */
export interface ConnectedClient {
  /** The channels that it is subscribed to now. */
  channels: () => string[]
  /** Since when it has been live on these channels; undefined while it is not. */
  settledOn: (channels: readonly string[]) => number | undefined
  close: () => void
}

export function connectClient(
  options: Pick<ConnectionOptions, 'call' | 'queryClient' | 'people' | 'myId' | 'onEvent'> & {
    stack: Stack
  },
): ConnectedClient {
  const { stack, call, ...rest } = options
  const { key, host, port } = stack.pusher
  const { clock } = environment
  const socket = openPusher({ Pusher, address: { key, cluster: '', host, port }, call, clock })
  const channels = new Map<string, SocketChannel>()
  const connection = createConnection({
    ...rest,
    socket: {
      connection: socket.connection,
      subscribe: (name) => {
        const channel = socket.subscribe(name)
        channels.set(name, channel)
        return channel
      },
      unsubscribe: (name) => {
        channels.delete(name)
        socket.unsubscribe(name)
      },
      connect: () => socket.connect(),
      disconnect: () => socket.disconnect(),
    },
    call,
    // The api is never down here, and a failed request is retried anyway.
    health: createHealth({ now: clock.now, answers: async () => true }),
    environment,
  })
  let live: { since: number } | undefined
  connection.subscribe(({ kind }) => {
    live = kind === 'live' ? { since: performance.now() } : undefined
  })

  return {
    channels: () => [...channels].flatMap(([name, { subscribed }]) => (subscribed ? [name] : [])),
    settledOn: (names) =>
      names.every((name) => channels.get(name)?.subscribed) ? live?.since : undefined,
    close: () => connection.close(),
  }
}
