import type { Envelope } from '@conclave/shared/events'
import nacl from 'tweetnacl'
import type { PusherApp } from './pusher-socket.ts'
import { openTextSocket } from './text-socket.ts'

/**
 * One connection to the broker that can subscribe to and unsubscribe from channels, and reads those it has keys for.
 */
export interface ChannelsSocket {
  readonly socketId: string
  join(channel: string, signed: { auth: string; shared_secret?: string | undefined }): void
  leave(channel: string): void
  signIn(signed: { auth: string; user_data: string }): void
  close: () => void
}

export async function openChannelsSocket(
  app: PusherApp,
  handlers: {
    onHeard?: (channel: string) => void
    onEvent?: (channel: string, envelope: Envelope) => void
    onSignedIn?: () => void
    onClose?: () => void
  },
): Promise<ChannelsSocket> {
  const keys = new Map<string, Buffer>()
  const welcome = Promise.withResolvers<string>()
  const url = `ws://${app.host}:${app.port}/app/${app.key}?protocol=7&client=bench&version=1`
  const socket = openTextSocket(url, { onFrame, onClose })

  function onFrame(bytes: Buffer): void {
    const frame = JSON.parse(bytes.toString()) as { event: string; channel: string; data: string }
    const { event, channel, data } = frame
    switch (event) {
      case 'pusher:connection_established':
        return welcome.resolve((JSON.parse(data) as { socket_id: string }).socket_id)
      case 'pusher:ping':
        return send('pusher:pong', {})
      case 'pusher:signin_success':
        return handlers.onSignedIn?.()
      case 'pusher_internal:subscription_succeeded':
        return handlers.onHeard?.(channel)
      case 'event':
        return handlers.onEvent?.(channel, open(data, keys.get(channel)))
    }
  }

  function onClose(): void {
    welcome.reject(new Error('The broker closed the connection'))
    handlers.onClose?.()
  }

  function send(event: string, data: object): void {
    socket.send(JSON.stringify({ event, data }))
  }

  return {
    socketId: await welcome.promise,
    join(channel, { auth, shared_secret }) {
      if (shared_secret) keys.set(channel, Buffer.from(shared_secret, 'base64'))
      send('pusher:subscribe', { channel, auth })
    },
    leave: (channel) => send('pusher:unsubscribe', { channel }),
    signIn: (signed) => send('pusher:signin', signed),
    close: () => socket.close(),
  }
}

function open(data: string, key: Buffer | undefined): Envelope {
  const { nonce, ciphertext } = JSON.parse(data) as { nonce: string; ciphertext: string }
  const opened =
    key && nacl.secretbox.open(Buffer.from(ciphertext, 'base64'), Buffer.from(nonce, 'base64'), key)
  if (!opened) throw new Error('An event cannot be read with the key of its channel')
  return JSON.parse(Buffer.from(opened).toString()) as Envelope
}
