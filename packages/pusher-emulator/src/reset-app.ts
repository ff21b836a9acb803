import { NO_FAULT, NO_TOTALS, type App } from './app-state.ts'
import { beginFault } from './fault.ts'
import { closeWith } from './protocol/close-codes.ts'

/** Clients are told to reconnect at once, as after a deploy of Pusher. */
export function resetApp(app: App): void {
  for (const connection of app.connections.values()) closeWith(connection, 'reconnect')
  app.cache.clear()
  app.webhooks.reset()
  app.record.clear()
  Object.assign(app.totals, NO_TOTALS)
  beginFault(app, NO_FAULT)
  Object.assign(app, { frameFaults: undefined })
}

/** As when the network fails: without a close frame. */
export function dropConnections(app: App): void {
  for (const { socket } of app.connections.values()) socket.terminate()
}
