import type { Stack } from '@conclave/dev-stack/stack'
import { WIRE_EVENT } from '@conclave/shared/channels'
import { authorizeChannels } from '@conclave/shared/channel-auth'
import PusherModule, { type ChannelAuthorizationHandler } from 'pusher-js'
import type { Person } from './person.ts'

// In Node the package is the class itself; its types describe the bundle for browsers.
const Pusher = PusherModule as unknown as typeof PusherModule.default

const RETRY_FIRST_MS = 500
/** The web waits longer; here the api rarely lives as long as that. */
const RETRY_MAX_MS = 2_000

export interface HeardChannel {
  isHeard(): boolean
  disconnect(): void
  connect(): void
  close(): void
}

/** Hears one encrypted channel through the real client of the vendor, and asks again when refused. */
export function hearChannel(options: {
  stack: Stack
  person: Person
  channelName: string
  onHeard: () => void
  onEvent: (wire: unknown) => void
}): HeardChannel {
  const { stack, person, channelName, onHeard, onEvent } = options
  const { key, host, port } = stack.pusher
  const socket = new Pusher(key, {
    cluster: '',
    forceTLS: false,
    enabledTransports: ['ws', 'wss'],
    ...(host ? { wsHost: host } : {}),
    ...(port ? { wsPort: port } : {}),
    channelAuthorization: {
      transport: 'ajax',
      endpoint: '',
      customHandler: (asked, callback) => {
        // A signature for an earlier socket would break the subscription of the present one.
        void authorize(person, asked, (error, data) => {
          if (socket.connection.socket_id === asked.socketId) callback(error, data)
        })
      },
    },
  })
  let channel: ReturnType<typeof socket.subscribe> | undefined
  let retry: NodeJS.Timeout | undefined
  let failures = 0

  function subscribe(): void {
    retry = undefined
    channel = socket.subscribe(channelName)
    channel.unbind()
    channel.bind('pusher:subscription_succeeded', () => {
      failures = 0
      onHeard()
    })
    channel.bind('pusher:subscription_error', refused)
    channel.bind(WIRE_EVENT, onEvent)
  }

  function refused(): void {
    if (!channel || retry) return
    // Left pending, pusher-js would take the next subscribe for a cancelled one and send nothing.
    channel.subscriptionPending = false
    socket.unsubscribe(channelName)
    const wait = Math.min(RETRY_FIRST_MS * 2 ** failures, RETRY_MAX_MS)
    failures += 1
    retry = setTimeout(subscribe, wait * (0.5 + Math.random() / 2))
  }

  subscribe()
  return {
    isHeard: () => socket.connection.state === 'connected' && channel?.subscribed === true,
    disconnect: () => socket.disconnect(),
    connect: () => socket.connect(),
    close: () => {
      clearTimeout(retry)
      socket.disconnect()
    },
  }
}

async function authorize(
  { call }: Person,
  { socketId, channelName }: Parameters<ChannelAuthorizationHandler>[0],
  callback: Parameters<ChannelAuthorizationHandler>[1],
): Promise<void> {
  try {
    const { channels } = await call(authorizeChannels, {
      body: { socket_id: socketId, channel_names: [channelName] },
    })
    const authorization = channels[channelName]
    if (authorization) callback(null, authorization)
    else callback(new Error(`${channelName} is not mine`), null)
  } catch (error) {
    callback(error instanceof Error ? error : new Error(String(error)), null)
  }
}
