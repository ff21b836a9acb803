import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import Pusher from 'pusher'
import type { Config } from '../config.ts'

/** No longer than what a flight has to wind up (log/flight.ts), so that none leaves a request behind. */
const PUBLISH_TIMEOUT_MS = 2_000

/** The only place with the broker's secrets: publishes, and signs channels. */
export function createPublisher({ pusher }: Pick<Config, 'pusher'>): Pusher {
  const options = {
    appId: pusher.appId,
    key: pusher.key,
    secret: pusher.secret,
    encryptionMasterKeyBase64: pusher.masterKey,
    useTLS: pusher.useTls,
    timeout: PUBLISH_TIMEOUT_MS,
    agent: pusher.useTls ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true }),
  }
  if (pusher.host === undefined) return new Pusher({ ...options, cluster: pusher.cluster ?? '' })
  return new Pusher({
    ...options,
    host: pusher.host,
    ...(pusher.port === undefined ? {} : { port: String(pusher.port) }),
  })
}
