import type { Duplex } from 'node:stream'
import type { App, Channel, Connection } from './app-state.ts'
import { textFrame } from './text-frame.ts'

const OPEN = 1

/** To one socket. */
export function send(app: App, connection: Connection, text: string, channel?: string): void {
  if (!write(app, connection, textFrame(text))) return
  const { socketId } = connection
  app.record.add({
    kind: 'sent',
    frame: text,
    recipients: 1,
    socketId,
    ...(channel === undefined ? {} : { channel }),
  })
}

/** Sends to every subscriber except one; returns the number of recipients. */
export function fanOut(app: App, channel: Channel, text: string, except?: string): number {
  if (channel.subscribers.size === 0) return 0
  const frame = textFrame(text)
  const each = app.settings.recordFrames === 'deliveries'
  let recipients = 0
  for (const connection of channel.subscribers) {
    if (connection.socketId === except) continue
    if (!write(app, connection, frame)) continue
    recipients += 1
    if (each) recordDelivery(app, channel, connection, text)
  }
  return recipients
}

/** One event to one subscriber. */
export function deliver(
  app: App,
  channel: Channel,
  connection: Connection,
  { frame, text }: { frame: Buffer; text: string },
): boolean {
  if (!write(app, connection, frame)) return false
  if (app.settings.recordFrames === 'deliveries') recordDelivery(app, channel, connection, text)
  return true
}

/** A fan-out of the emulator's own, so it is recorded here: no HTTP request was. */
export function announce(app: App, channel: Channel, text: string, except?: string): number {
  const recipients = fanOut(app, channel, text, except)
  if (recipients > 0) {
    app.record.add({ kind: 'sent', frame: text, recipients, channel: channel.name })
  }
  return recipients
}

function write(app: App, connection: Connection, frame: Buffer): boolean {
  if (connection.socket.readyState !== OPEN) return false
  if (connection.stream.writableLength > app.settings.limits.bufferedBytes) {
    // Otherwise the buffer for a consumer this slow would use up the memory.
    app.totals.slowConsumersCut += 1
    connection.socket.terminate()
    return false
  }
  holdBack(app, connection.stream)
  connection.stream.write(frame)
  app.totals.deliveries += 1
  return true
}

/**
 * Frames of one turn of the event loop are written with one system call per socket. Corking the stream keeps their
 * order with the frames that ws writes itself, such as a close frame. Measured: see README.
 */
function holdBack(app: App, stream: Duplex): void {
  if (stream.writableCorked > 0) return
  stream.cork()
  if (app.corked.push(stream) > 1) return
  setImmediate(() => {
    for (const each of app.corked.splice(0)) each.uncork()
  })
}

function recordDelivery(app: App, channel: Channel, connection: Connection, frame: string): void {
  const { socketId } = connection
  app.record.add({ kind: 'sent', frame, recipients: 1, channel: channel.name, socketId })
}
