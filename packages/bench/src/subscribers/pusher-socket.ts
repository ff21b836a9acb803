import { openTextSocket, type TextSocket } from './text-socket.ts'

/** `{"event":"pusher…`: in an event of ours, its own name is at this place. */
const NAME_AT = '{"event":"'.length
const LETTER_P = 'p'.charCodeAt(0)

export interface PusherApp {
  host: string | undefined
  port: number | undefined
  key: string
}

/** One connection to the broker, speaking protocol 7 by itself: it subscribes, and then only passes events on. */
export function openPusherSocket(
  app: PusherApp,
  handlers: {
    /** The channels to subscribe to, with their signatures. */
    authorize: (socketId: string) => Promise<Map<string, string>>
    onSubscribed: () => void
    onEvent: (frame: Buffer) => void
    onClose: () => void
  },
): TextSocket {
  let waiting = 0
  const url = `ws://${app.host}:${app.port}/app/${app.key}?protocol=7&client=bench&version=1`
  const socket = openTextSocket(url, { onFrame, onClose: handlers.onClose })
  return socket

  function onFrame(frame: Buffer): void {
    if (frame[NAME_AT] !== LETTER_P) return handlers.onEvent(frame)
    const { event, data } = JSON.parse(frame.toString()) as { event: string; data: string }
    if (event === 'pusher:connection_established') {
      void subscribe((JSON.parse(data) as { socket_id: string }).socket_id)
    } else if (event === 'pusher:ping') {
      socket.send('{"event":"pusher:pong","data":{}}')
    } else if (event === 'pusher_internal:subscription_succeeded') {
      waiting -= 1
      if (waiting === 0) handlers.onSubscribed()
    }
  }

  async function subscribe(socketId: string): Promise<void> {
    const signatures = await handlers.authorize(socketId).catch(giveUp)
    if (!signatures) return
    waiting = signatures.size
    for (const [channel, auth] of signatures)
      socket.send(JSON.stringify({ event: 'pusher:subscribe', data: { channel, auth } }))
  }

  /** Refused, or the socket was closed: like any client it has to reconnect. */
  function giveUp(): undefined {
    socket.close()
    handlers.onClose()
  }
}
