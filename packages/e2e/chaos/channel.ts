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

/** pusher-js leaves a refused attempt to its 15 s timeout; the web gives one up as well. */
const ATTEMPT_MS = 2_000

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
  let isWanted = true
  let attempt: NodeJS.Timeout | undefined

  socket.connection.bind('state_change', () => {
    clearTimeout(attempt)
    const { state } = socket.connection
    if (['connecting', 'unavailable'].includes(state))
      attempt = setTimeout(() => socket.disconnect(), ATTEMPT_MS)
    if (['disconnected', 'failed'].includes(state) && isWanted)
      attempt = setTimeout(() => socket.connect(), RETRY_FIRST_MS * (0.5 + Math.random() / 2))
  })

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
    disconnect: () => {
      isWanted = false
      socket.disconnect()
    },
    connect: () => {
      isWanted = true
      socket.connect()
    },
    close: () => {
      isWanted = false
      clearTimeout(retry)
      clearTimeout(attempt)
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
