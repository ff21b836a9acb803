import type { App, Channel, Connection } from './app-state.ts'
import { deliver } from './delivery.ts'
import { textFrame } from './text-frame.ts'

/** A frame held back for reordering is sent after this at the latest. */
const OVERTAKEN_WITHIN_MS = 100

/** A fan-out with faults. Only events; protocol frames are always delivered. */
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
    // A connection that has left the channel must not receive the event.
    if (channel.subscribers.has(connection)) deliver(app, channel, connection, sent)
  }
  const timer = setTimeout(release, OVERTAKEN_WITHIN_MS)
  connection.timers.add(timer)
  waiting.add(release)
  return 1
}
