import type { App, Connection } from '../app-state.ts'
import { send } from '../delivery.ts'
import { relayClientEvent } from './client-events.ts'
import { errorFrame, isRecord, parseRecord } from './frames.ts'
import { answerPing } from './keep-alive.ts'
import { signIn } from './signin.ts'
import { subscribe } from './subscribe.ts'
import { unsubscribe } from './unsubscribe.ts'

/** Handles every frame that a client may send. */
export function receive(app: App, connection: Connection, text: string): void {
  app.totals.received += 1
  connection.heardAt = Date.now()
  app.record.add({ kind: 'received', socketId: connection.socketId, frame: text })
  const message = parseRecord(text)
  if (!message || typeof message.event !== 'string') {
    return send(app, connection, errorFrame('Message is not valid JSON with an event'))
  }
  const { event, channel } = message
  if (event.startsWith('client-')) {
    return relayClientEvent(app, connection, { event, channel, data: message.data })
  }
  // pusher-js sends objects; older clients send the same object as a string.
  const data = isRecord(message.data) ? message.data : (parseRecord(message.data) ?? {})
  command(app, connection, event, data)
}

function command(
  app: App,
  connection: Connection,
  event: string,
  data: Record<string, unknown>,
): void {
  switch (event) {
    case 'pusher:ping':
      return answerPing(app, connection)
    case 'pusher:pong':
      return undefined
    case 'pusher:subscribe':
      return subscribe(app, connection, data)
    case 'pusher:unsubscribe':
      return unsubscribe(app, connection, data)
    case 'pusher:signin':
      return signIn(app, connection, data)
    default:
      return send(
        app,
        connection,
        errorFrame(
          `Client event rejected - '${event}' is unknown, and only 'client-' events may be sent`,
        ),
      )
  }
}
