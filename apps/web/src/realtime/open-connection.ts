import type { QueryClient } from '@tanstack/react-query'
import type { WebConfig } from '../config.ts'
import type { Call } from '../server/call.ts'
import { createConnection, type Connection } from './connection.ts'
import { openPusher } from './pusher.ts'

/** Everything that only realtime needs, in one file that is loaded beside the first view. */
export function openConnection(options: {
  config: WebConfig['pusher']
  call: Call
  queryClient: QueryClient
  myId: string
}): Connection {
  const { config, call, queryClient, myId } = options
  return createConnection({ socket: openPusher(config, call), call, queryClient, myId })
}
