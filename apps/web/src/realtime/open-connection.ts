import type { QueryClient } from '@tanstack/react-query'
import type { WebConfig } from '../config.ts'
import type { Call } from '../server/call.ts'
import type { Health } from '../server/health.ts'
import { createConnection, type Connection } from './connection.ts'
import { openPusher } from './pusher.ts'

/** Everything that only realtime needs, in one file that is loaded beside the first view. */
export function openConnection(options: {
  config: WebConfig['pusher']
  call: Call
  health: Health
  queryClient: QueryClient
  myId: string
}): Connection {
  const { config, call, health, queryClient, myId } = options
  return createConnection({ socket: openPusher(config, call), call, health, queryClient, myId })
}
