import type { QueryClient } from '@tanstack/react-query'
import type { WebConfig } from '../config.ts'
import type { Call } from '../server/call.ts'
import type { ConnectionState } from './connection-state.ts'

export interface Connection {
  subscribe: (listener: (state: ConnectionState) => void) => () => void
  refresh: () => Promise<void>
  catchUpRoom: (roomId: string) => void
  close: () => void
}

export function createConnection(_options: {
  config: WebConfig['pusher']
  call: Call
  queryClient: QueryClient
  myId: string
}): Connection {
  throw new Error('Not yet')
}
