import type { App, Channel, Connection } from './app-state.ts'
import { deliver } from './delivery.ts'
import { textFrame } from './text-frame.ts'

/** A frame that waits to be overtaken leaves by itself after this. */
const OVERTAKEN_WITHIN_MS = 100

/** A fan-out of an event by a vendor that promises nothing; frames of the protocol never come here. */
export function fanOutBadly(app: App, channel: Channel, text: string, except?: string): number {
  const frame = textFrame(text)
  let recipients = 0
  for (const connection of channel.subscribers) {
    if (connection.socketId === except) continue
    recipients += deliverBadly(app, channel, connection, { frame, text })
  }
  return recipients
}

interface Sent {
  frame: Buffer
  text: string
}

function deliverBadly(app: App, channel: Channel, connection: Connection, sent: Sent): number {
  const { drop, duplicate, reorder, random } = app.frameFaults!
  const draw = random()
  if (draw < drop) {
    app.totals.dropped += 1
    return 0
  }
  if (draw < drop + duplicate) {
    app.totals.duplicated += 1
    deliver(app, channel, connection, sent)
  } else if (draw < drop + duplicate + reorder) {
    app.totals.reordered += 1
    return holdBack(app, channel, connection, sent)
  }
  const recipients = deliver(app, channel, connection, sent) ? 1 : 0
  for (const release of app.overtaken.get(connection) ?? []) release()
  return recipients
}

function holdBack(app: App, channel: Channel, connection: Connection, sent: Sent): number {
  const waiting = app.overtaken.get(connection) ?? new Set()
  app.overtaken.set(connection, waiting)
  function release(): void {
    clearTimeout(timer)
    connection.timers.delete(timer)
    waiting.delete(release)
    // Who has left the channel meanwhile must not hear from it.
    if (channel.subscribers.has(connection)) deliver(app, channel, connection, sent)
  }
  const timer = setTimeout(release, OVERTAKEN_WITHIN_MS)
  connection.timers.add(timer)
  waiting.add(release)
  return 1
}
