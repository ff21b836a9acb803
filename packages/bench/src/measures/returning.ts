import { channelName } from '@conclave/shared/channels'
import type { RoomChanges } from '@conclave/shared/messages'
import { getMe } from '@conclave/shared/people'
import type { Conclave } from '../contestants/conclave.ts'
import type { SocketIo } from '../contestants/socketio.ts'
import { until } from '../load/until.ts'
import { openPusherSocket } from '../subscribers/pusher-socket.ts'
import { openSocketIoSocket } from '../subscribers/socketio-socket.ts'
import type { TextSocket } from '../subscribers/text-socket.ts'

const RETRY_MS = 50
const ROOM = 0

/** Clients that reconnect whenever they are disconnected. */
export interface Returning {
  areConnected(): boolean
  /** Whether every client has the room up to here. */
  haveUpTo(seq: number): boolean
  lastBackAt(): number
  close(): void
}

interface Client {
  isBack: boolean
  seq: number
  rev: number
}

type Connect = (
  at: number,
  client: Client,
  handlers: { onBack: () => void; onClose: () => void },
) => TextSocket

/** With the three channels that every page of ours subscribes to, and a request for what was missed. */
export async function returningConclave(conclave: Conclave, count: number): Promise<Returning> {
  const { stack, http, roomIds, headersOf, crowd } = conclave
  const roomId = roomIds[ROOM] ?? ''
  const room = channelName({ kind: 'room', roomId, epoch: 0 })
  const team = channelName({ kind: 'team', epoch: 0 })
  // A client that was idle for a while has an expired token.
  await conclave.prepare(count)
  await http.send('GET', getMe.path, headersOf(0))

  async function authorize(at: number, socketId: string): Promise<Map<string, string>> {
    const person = channelName({ kind: 'person', personId: crowd.idOf(at), epoch: 0 })
    const body = JSON.stringify({ socket_id: socketId, channel_names: [room, team, person] })
    const { status, text } = await http.send('POST', '/pusher/auth/batch', headersOf(at), body)
    if (status !== 200) throw new Error(`Channels were refused: ${status}`)
    const { channels } = JSON.parse(text) as { channels: Record<string, { auth: string }> }
    if (Object.keys(channels).length !== 3) throw new Error('Not all channels are mine')
    return new Map(Object.entries(channels).map(([name, { auth }]) => [name, auth]))
  }

  async function catchUp(at: number, client: Client): Promise<void> {
    const path = `/v1/rooms/${roomId}/changes?after=${client.rev}`
    const { status, text } = await http.send('GET', path, headersOf(at))
    if (status !== 200) throw new Error(`Catching up was answered ${status}`)
    const changes = JSON.parse(text) as RoomChanges
    client.rev = changes.rev
    if (!changes.reset) client.seq = changes.lastSeq
  }

  return returning(count, (at, client, { onBack, onClose }) =>
    openPusherSocket(stack.pusher, {
      authorize: (socketId) => authorize(at, socketId),
      onSubscribed: () => void catchUp(at, client).then(onBack, onClose),
      onEvent: () => undefined,
      onClose,
    }),
  )
}

export async function returningSocketIo({ origin }: SocketIo, count: number): Promise<Returning> {
  return returning(count, (_, __, { onBack, onClose }) =>
    openSocketIoSocket(origin, String(ROOM), {
      onJoined: onBack,
      onEvent: () => undefined,
      onClose,
    }),
  )
}

async function returning(count: number, connect: Connect): Promise<Returning> {
  const clients: Client[] = Array.from({ length: count }, () => ({ isBack: false, seq: 0, rev: 0 }))
  const sockets = new Map<number, TextSocket>()
  const timers = new Set<NodeJS.Timeout>()
  let lastBackAt = 0
  let closed = false

  clients.forEach(open)
  await until('everybody is connected', () => clients.every(({ isBack }) => isBack))

  function open(client: Client, at: number): void {
    const socket = connect(at, client, {
      onBack: () => {
        client.isBack = true
        lastBackAt = performance.now()
      },
      onClose: () => {
        client.isBack = false
        sockets.get(at)?.close()
        if (!closed) retry(client, at)
      },
    })
    sockets.set(at, socket)
  }

  function retry(client: Client, at: number): void {
    const timer = setTimeout(
      () => {
        timers.delete(timer)
        open(client, at)
      },
      RETRY_MS * (0.5 + Math.random()),
    )
    timers.add(timer)
  }

  return {
    areConnected: () => clients.every(({ isBack }) => isBack),
    haveUpTo: (seq) => clients.every((client) => client.seq >= seq),
    lastBackAt: () => lastBackAt,
    close: () => {
      closed = true
      timers.forEach((timer) => clearTimeout(timer))
      sockets.forEach((socket) => socket.close())
    },
  }
}
