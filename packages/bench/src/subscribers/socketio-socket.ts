import { openTextSocket, type TextSocket } from './text-socket.ts'

// Engine.IO 4 and Socket.IO 5: the first characters are the packet's kind.
const EVENT = '42['

/** One Socket.IO connection over a bare WebSocket: it joins a room, and then only passes events on. */
export function openSocketIoSocket(
  origin: string,
  room: string,
  handlers: { onJoined: () => void; onEvent: (frame: Buffer) => void; onClose: () => void },
): TextSocket {
  const url = `${origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`
  const socket = openTextSocket(url, { onFrame, onClose: handlers.onClose })
  return socket

  function onFrame(frame: Buffer): void {
    const kind = frame.toString('latin1', 0, EVENT.length)
    if (kind === EVENT) return handlers.onEvent(frame)
    if (kind.startsWith('0')) socket.send('40')
    else if (kind.startsWith('2')) socket.send('3')
    else if (kind.startsWith('40')) socket.send(`420${JSON.stringify(['join', room])}`)
    else if (kind === '430') handlers.onJoined()
  }
}
