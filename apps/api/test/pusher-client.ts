import { createRequire } from 'node:module'
import { join } from 'node:path'
import { WIRE_EVENT } from '@conclave/shared/channels'
import type { Harness } from './harness.ts'

interface PusherClient {
  signin(): void
  subscribe(name: string): Bindable
  channel(name: string): Bindable
  bind_global(listen: (event: string, data: { user_data: string }) => void): void
  disconnect(): void
}
interface Bindable {
  bind(event: string, listen: (data: unknown) => void): void
}

// `require`, because Vite would take the browser's build, which finds no WebSocket here; and from the emulator,
// whose package names the client it speaks to.
const emulator = join(import.meta.dirname, '../../../packages/pusher-emulator/package.json')
const Pusher = createRequire(emulator)('pusher-js') as new (
  key: string,
  options: object,
) => PusherClient

/** The real Pusher client, authenticated by our endpoints. */
export function openPusher(harness: Harness, token: string) {
  const headers = { authorization: `Bearer ${token}` }
  const { host, port, key } = harness.pusher
  const pusher = new Pusher(key, {
    cluster: '',
    wsHost: host,
    wsPort: port,
    forceTLS: false,
    enabledTransports: ['ws'],
    channelAuthorization: { endpoint: `${harness.url}/pusher/auth`, transport: 'ajax', headers },
    userAuthentication: { endpoint: `${harness.url}/pusher/user-auth`, transport: 'ajax', headers },
  })

  return {
    signIn: () =>
      new Promise((resolve) => {
        pusher.bind_global((event, { user_data }) => {
          if (event === 'pusher:signin_success') resolve(JSON.parse(user_data))
        })
        pusher.signin()
      }),
    subscribe: (name: string) =>
      new Promise((resolve, reject) => {
        const channel = pusher.subscribe(name)
        channel.bind('pusher:subscription_succeeded', resolve)
        channel.bind('pusher:subscription_error', reject)
      }),
    next: (name: string) =>
      new Promise((resolve) => {
        pusher.channel(name).bind(WIRE_EVENT, resolve)
      }),
    [Symbol.asyncDispose]: async () => pusher.disconnect(),
  }
}
