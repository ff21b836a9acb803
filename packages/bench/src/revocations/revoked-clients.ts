import { authenticateUser, authorizeChannels } from '@conclave/shared/channel-auth'
import { channelName } from '@conclave/shared/channels'
import type { Message } from '@conclave/shared/messages'
import { everyPage } from '@conclave/shared/pages'
import { listRooms } from '@conclave/shared/rooms'
import type { Conclave } from '../contestants/conclave.ts'
import { until } from '../load/until.ts'
import { openChannelsSocket } from '../subscribers/channels-socket.ts'
import { requestsOf } from './requests.ts'

/** A client that never unsubscribes, never signs in, and keeps every key it ever got. */
export interface ModifiedClient {
  /** The channels that it stays on. */
  readonly channels: readonly string[]
  /** The messages that it could read, by their seq. */
  readonly seqs: ReadonlySet<number>
  isOpen(): boolean
  close(): void
}

export async function openModifiedClient(
  conclave: Conclave,
  person: number,
): Promise<ModifiedClient> {
  const { call } = requestsOf(conclave, person)
  const pages = await everyPage((query) => call(listRooms, { query }))
  const { epoch, teamEpoch } = pages[0]
  const seqs = new Set<number>()
  const subscribed = new Set<string>()
  let isOpen = true
  const socket = await openChannelsSocket(conclave.stack.pusher, {
    onHeard: (name) => subscribed.add(name),
    onEvent: (_, { type, data }) => {
      if (type === 'message.posted') seqs.add((data as Message).seq)
    },
    onClose: () => (isOpen = false),
  })
  const names = [
    channelName({ kind: 'person', personId: conclave.crowd.idOf(person), epoch }),
    channelName({ kind: 'team', epoch: teamEpoch }),
    ...pages
      .flatMap(({ rooms }) => rooms)
      .map((room) => channelName({ kind: 'room', roomId: room.id, epoch: room.epoch })),
  ]
  const signed = await call(authorizeChannels, {
    body: { socket_id: socket.socketId, channel_names: names },
  })
  for (const [name, signature] of Object.entries(signed.channels)) socket.join(name, signature)
  await until('the modified client is on all channels', () => subscribed.size === names.length)
  return { channels: names, seqs, isOpen: () => isOpen, close: socket.close }
}

/** A normal client of the same person: its connection is signed in, so the broker can be told to close it. */
export interface SignedInClient {
  closedAt(): number | undefined
  close(): void
}

export async function openSignedInClient(
  conclave: Conclave,
  person: number,
): Promise<SignedInClient> {
  const { ask } = requestsOf(conclave, person)
  let isSignedIn = false
  let closedAt: number | undefined
  const socket = await openChannelsSocket(conclave.stack.pusher, {
    onSignedIn: () => (isSignedIn = true),
    onClose: () => (closedAt = performance.now()),
  })
  const body = { socket_id: socket.socketId }
  socket.signIn(await ask('POST', authenticateUser.path, body))
  await until('the client is signed in', () => isSignedIn)
  return { closedAt: () => closedAt, close: socket.close }
}
