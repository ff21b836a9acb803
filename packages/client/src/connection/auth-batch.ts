import {
  AUTH_BATCH_MAX_CHANNELS,
  authorizeChannels,
  type ChannelAuthorization,
} from '@conclave/shared/channel-auth'
import type { Call } from '@conclave/shared/client'
import type { Clock } from '../environment.ts'
import { createPace } from './pace.ts'

/**
 * pusher-js asks for the key again at every event that it cannot decrypt, so whoever can write into a channel could
 * make all its readers ask without end. Subscribing again after a refusal is slower than this and not held up.
 */
const PACE = { free: 3, firstMs: 1_000, maxMs: 15_000, quietMs: 300_000 }

/** How pusher-js asks for the signature of a channel. */
export type AuthorizeChannel = (
  params: { socketId: string; channelName: string },
  callback: (error: Error | null, authorization: ChannelAuthorization | null) => void,
) => void

interface Question {
  socketId: string
  channelName: string
  callback: Parameters<AuthorizeChannel>[1]
}

/** Authorizes all the channels of one tick by one request, and none of them too often. */
export function createAuthBatch(options: {
  call: Call
  clock: Clock
  /** The socket of this moment. */
  socketId: () => string | undefined
}): AuthorizeChannel {
  const { call, clock, socketId } = options
  const pace = createPace({ clock, ...PACE })
  let waiting: Question[] = []
  let pacedSocket: string | undefined

  const authorize: AuthorizeChannel = (params, callback) => {
    if (waiting.length === 0) void Promise.resolve().then(flush)
    waiting.push({ ...params, callback })
  }

  function flush(): void {
    const questions = waiting
    waiting = []
    if (socketId() !== pacedSocket) {
      // On a new socket every channel has to be authorized anew.
      pacedSocket = socketId()
      pace.forget()
    }
    for (const [socket, asked] of Map.groupBy(inTime(questions), ({ socketId }) => socketId)) {
      for (let start = 0; start < asked.length; start += AUTH_BATCH_MAX_CHANNELS) {
        void ask(socket, asked.slice(start, start + AUTH_BATCH_MAX_CHANNELS))
      }
    }
  }

  /** Those that may be asked now; the others are refused at once, and pusher-js drops the event it asked for. */
  function inTime(questions: Question[]): Question[] {
    const early = new Set(
      questions.flatMap(({ channelName }) => (pace.waitMs(channelName) > 0 ? [channelName] : [])),
    )
    for (const name of new Set(questions.map(({ channelName }) => channelName))) {
      if (!early.has(name)) pace.count(name)
    }
    for (const { channelName, callback } of questions) {
      if (early.has(channelName)) callback(new Error(`${channelName} is asked for too often`), null)
    }
    return questions.filter(({ channelName }) => !early.has(channelName))
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
