import {
  AUTH_BATCH_MAX_CHANNELS,
  authorizeChannels,
  type ChannelAuthorization,
} from '@conclave/shared/channel-auth'
import type { Call } from '@conclave/shared/client'
import type { Clock } from '../environment.ts'
import { createPace } from './pace.ts'

/**
 * pusher-js requests the key again for every event that it cannot decrypt, so anybody who can publish to a channel could
 * make all its subscribers send requests without limit. Retries after a refusal are slower than this, so not affected.
 */
const PACE = { free: 3, firstMs: 1_000, maxMs: 15_000, quietMs: 300_000 }

/** The function that pusher-js calls for the signature of a channel. */
export type AuthorizeChannel = (
  params: { socketId: string; channelName: string },
  callback: (error: Error | null, authorization: ChannelAuthorization | null) => void,
) => void

interface PendingRequest {
  socketId: string
  channelName: string
  callback: Parameters<AuthorizeChannel>[1]
}

/** Authorizes all channels of one tick in one request, and limits how often each channel is requested. */
export function createAuthBatch(options: {
  call: Call
  clock: Clock
  /** The id of the current socket. */
  socketId: () => string | undefined
}): AuthorizeChannel {
  const { call, clock, socketId } = options
  const pace = createPace({ clock, ...PACE })
  let waiting: PendingRequest[] = []
  let pacedSocket: string | undefined

  const authorize: AuthorizeChannel = (params, callback) => {
    if (waiting.length === 0) void Promise.resolve().then(flush)
    waiting.push({ ...params, callback })
  }

  function flush(): void {
    const requests = waiting
    waiting = []
    if (socketId() !== pacedSocket) {
      // On a new socket every channel has to be authorized again.
      pacedSocket = socketId()
      pace.forget()
    }
    for (const [socket, allowed] of Map.groupBy(refuseEarly(requests), (one) => one.socketId)) {
      for (let start = 0; start < allowed.length; start += AUTH_BATCH_MAX_CHANNELS) {
        void send(socket, allowed.slice(start, start + AUTH_BATCH_MAX_CHANNELS))
      }
    }
  }

  /** Returns the requests that may be sent now; refuses the others at once: pusher-js then drops the event. */
  function refuseEarly(requests: PendingRequest[]): PendingRequest[] {
    const tooEarly = new Set(
      requests.flatMap(({ channelName }) => (pace.waitMs(channelName) > 0 ? [channelName] : [])),
    )
    for (const name of new Set(requests.map(({ channelName }) => channelName))) {
      if (!tooEarly.has(name)) pace.count(name)
    }
    for (const { channelName, callback } of requests) {
      if (tooEarly.has(channelName))
        callback(new Error(`${channelName} is requested too often`), null)
    }
    return requests.filter(({ channelName }) => !tooEarly.has(channelName))
  }

  async function send(socket: string, requests: PendingRequest[]): Promise<void> {
    const names = [...new Set(requests.map(({ channelName }) => channelName))]
    const answer = await call(authorizeChannels, {
      body: { socket_id: socket, channel_names: names },
    }).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))))
    // A reconnect has sent its own request; a signature for the old socket would break that subscription.
    if (socketId() !== socket) return
    for (const { channelName, callback } of requests) {
      if (answer instanceof Error) {
        callback(answer, null)
        continue
      }
      const authorization = answer.channels[channelName]
      // pusher-js removes the secret from the object it receives, so each callback gets a copy.
      if (authorization) callback(null, { ...authorization })
      else callback(new Error(`${channelName} is not mine`), null)
    }
  }

  return authorize
}
