import { once } from 'node:events'
import { channelName } from '@conclave/shared/channels'
import { authorizeChannels } from '@conclave/shared/channel-auth'
import type { Envelope } from '@conclave/shared/events'
import type { Rooms } from '@conclave/shared/rooms'
import type { Call } from '@conclave/shared/client'
import { everyRoom } from './data-lists.ts'
import type { Harness } from './harness.ts'
import { openEnvelope } from './secret-box.ts'

interface Heard {
  channel: string
  envelope: Envelope
}

/**
 * A modified client: it has subscribed to all of its person's channels, never authenticates its connection, never
 * unsubscribes, and keeps every key.
 */
export interface ModifiedClient extends AsyncDisposable {
  /** What it could decrypt so far, in order. */
  heard: Heard[]
  /** The channels that it has keys of and stays subscribed to. */
  channels: string[]
  isOpen(): boolean
}

/** Resolves when every channel is subscribed. */
export async function openModifiedClient(
  { pusher }: Harness,
  call: Call,
  personId: string,
): Promise<ModifiedClient> {
  const socket = new WebSocket(`ws://localhost:${pusher.port}/app/${pusher.key}?protocol=7`)
  const heard: Heard[] = []
  const keys = new Map<string, string>()
  const subscribed = new Set<string>()
  const welcome = Promise.withResolvers<string>()
  const ready = Promise.withResolvers<void>()
  socket.addEventListener('message', ({ data }) => {
    const frame = JSON.parse(String(data)) as { event: string; channel: string; data: string }
    if (frame.event === 'pusher:connection_established')
      welcome.resolve((JSON.parse(frame.data) as { socket_id: string }).socket_id)
    if (frame.event === 'pusher_internal:subscription_succeeded') subscribed.add(frame.channel)
    if (keys.size > 0 && subscribed.size === keys.size) ready.resolve()
    const key = keys.get(frame.channel)
    const envelope = frame.event === 'event' && key ? openEnvelope(frame.data, key) : undefined
    if (envelope) heard.push({ channel: frame.channel, envelope })
  })

  const socketId = await welcome.promise
  const names = channelsOf(await everyRoom({ call }), personId)
  const { channels } = await call(authorizeChannels, {
    body: { socket_id: socketId, channel_names: names },
  })
  for (const [channel, { shared_secret = '' }] of Object.entries(channels)) {
    keys.set(channel, shared_secret)
  }
  for (const [channel, { auth }] of Object.entries(channels)) {
    socket.send(JSON.stringify({ event: 'pusher:subscribe', data: { channel, auth } }))
  }
  await ready.promise
  return {
    heard,
    channels: [...keys.keys()],
    isOpen: () => socket.readyState === WebSocket.OPEN,
    [Symbol.asyncDispose]: async () => {
      if (socket.readyState === WebSocket.CLOSED) return
      const closed = once(socket, 'close')
      socket.close()
      await closed
    },
  }
}

function channelsOf({ rooms, epoch, teamEpoch }: Rooms, personId: string): string[] {
  return [
    channelName({ kind: 'person', personId, epoch }),
    channelName({ kind: 'team', epoch: teamEpoch }),
    ...rooms.map(({ id, epoch }) => channelName({ kind: 'room', roomId: id, epoch })),
  ]
}
