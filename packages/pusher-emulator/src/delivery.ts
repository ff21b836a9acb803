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

/** To every subscriber but one; returns how many got it. */
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

/** A fan-out nobody published over HTTP, so nothing else records it. */
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
    // A consumer this slow would otherwise be buffered for until memory ends.
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
 * Frames of one turn of the event loop leave in one system call a socket. Corking the stream keeps
 * their order with whatever ws itself writes, such as a close frame. Measured: see README.
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
