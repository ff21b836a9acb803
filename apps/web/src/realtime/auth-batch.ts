import { AUTH_BATCH_MAX_CHANNELS, authorizeChannels } from '@conclave/shared/channel-auth'
import type {
  ChannelAuthorizationCallback,
  ChannelAuthorizationHandler,
} from 'pusher-js/with-encryption'
import type { Call } from '../server/call.ts'

interface Question {
  socketId: string
  channelName: string
  callback: ChannelAuthorizationCallback
}

/** Authorizes all the channels of one tick by one request: a reconnect would otherwise ask once a channel. */
export function createAuthBatch(options: {
  call: Call
  /** The socket of this moment. */
  socketId: () => string | undefined
}): ChannelAuthorizationHandler {
  const { call, socketId } = options
  let waiting: Question[] = []

  function authorize(
    params: { socketId: string; channelName: string },
    callback: ChannelAuthorizationCallback,
  ) {
    if (waiting.length === 0) queueMicrotask(flush)
    waiting.push({ ...params, callback })
  }

  function flush(): void {
    const questions = waiting
    waiting = []
    for (const [socket, asked] of Map.groupBy(questions, (question) => question.socketId)) {
      for (let start = 0; start < asked.length; start += AUTH_BATCH_MAX_CHANNELS) {
        void ask(socket, asked.slice(start, start + AUTH_BATCH_MAX_CHANNELS))
      }
    }
  }

  async function ask(socket: string, questions: Question[]): Promise<void> {
    const names = [...new Set(questions.map(({ channelName }) => channelName))]
    const answer = await call(authorizeChannels, {
      body: { socket_id: socket, channel_names: names },
    }).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))))
    // A reconnect has asked again for its own socket; a signature for the old one would break that subscription.
    if (socketId() !== socket) return
    for (const { channelName, callback } of questions) {
      if (answer instanceof Error) {
        callback(answer, null)
        continue
      }
      const authorization = answer.channels[channelName]
      // pusher-js takes the secret out of what it is given, so everyone gets a copy.
      if (authorization) callback(null, { ...authorization })
      else callback(new Error(`${channelName} is not mine`), null)
    }
  }

  return authorize
}
