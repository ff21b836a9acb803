import { randomInt } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import type { App, Connection } from './app-state.ts'
import { send } from './delivery.ts'
import { closeWith } from './protocol/close-codes.ts'
import { eventFrame } from './protocol/frames.ts'
import { protocolOf, refuseHandshake } from './protocol/handshake.ts'
import { requireAuthorization, watchActivity } from './protocol/keep-alive.ts'
import { receive } from './protocol/receive.ts'
import { leave } from './protocol/unsubscribe.ts'
import { goOffline } from './protocol/watchlist.ts'

export type Upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => void

export function createUpgrade(app: App): Upgrade {
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: app.settings.limits.frameBytes,
  })

  return function upgrade(request, stream, head) {
    if (app.fault.mode === 'down') {
      stream.destroy()
      return
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      socket.on('error', () => socket.terminate())
      const target = request.url ?? ''
      const client = { socket, stream, protocol: protocolOf(target) }
      const refusal = refuseHandshake(app, target)
      if (refusal) return closeWith(client, refusal)
      establish(app, client)
    })
  }
}

function establish(
  app: App,
  client: { socket: WebSocket; stream: Duplex; protocol: number },
): void {
  const { socket } = client
  const connection: Connection = {
    socketId: newSocketId(app),
    ...client,
    channels: new Set(),
    timers: new Set(),
    user: undefined,
    heardAt: Date.now(),
    clientEventWindow: { startedAt: 0, count: 0 },
  }
  app.connections.set(connection.socketId, connection)
  app.record.add({ kind: 'opened', socketId: connection.socketId })
  socket.on('message', (data, isBinary) => {
    receive(app, connection, isBinary ? '' : (data as Buffer).toString())
  })
  socket.once('close', (code) => forget(app, connection, code))
  greet(app, connection)
  watchActivity(app, connection)
  requireAuthorization(app, connection)
}

function greet(app: App, connection: Connection): void {
  const data = JSON.stringify({
    socket_id: connection.socketId,
    ...(connection.protocol >= 7 ? { activity_timeout: app.settings.activityTimeoutSeconds } : {}),
  })
  send(app, connection, eventFrame('pusher:connection_established', data))
}

function forget(app: App, connection: Connection, code: number): void {
  for (const timer of connection.timers) clearTimeout(timer)
  app.connections.delete(connection.socketId)
  app.record.add({ kind: 'closed', socketId: connection.socketId, code })
  for (const channel of connection.channels) leave(app, connection, channel)
  goOffline(app, connection)
}

const SOCKET_ID_RANGE = 2 ** 40

function newSocketId(app: App): string {
  const id = `${randomInt(SOCKET_ID_RANGE)}.${randomInt(SOCKET_ID_RANGE)}`
  return app.connections.has(id) ? newSocketId(app) : id
}
