import { WebSocket, type RawData } from 'ws'

export interface TextSocket {
  send(text: string): void
  close(): void
}

/** A bare WebSocket that passes frames on as bytes: a subscriber must cost almost nothing. */
export function openTextSocket(
  url: string,
  { onFrame, onClose }: { onFrame: (frame: Buffer) => void; onClose: () => void },
): TextSocket {
  const socket = new WebSocket(url, { perMessageDeflate: false, skipUTF8Validation: true })
  socket.on('message', (data: RawData) => onFrame(data as Buffer))
  socket.on('error', () => undefined)
  socket.on('close', onClose)
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text)
    },
    close: () => {
      socket.removeAllListeners('close')
      socket.terminate()
    },
  }
}
