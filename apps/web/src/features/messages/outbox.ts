import type { QueryClient } from '@tanstack/react-query'
import type { Call } from '../../server/call.ts'

export interface Outbox {
  send: (roomId: string, text: string) => void
  retry: (roomId: string, id: string) => void
  discard: (roomId: string, id: string) => void
  wake: () => void
  open: () => () => void
}

export function createOutbox(_options: {
  call: Call
  queryClient: QueryClient
  catchUpRoom: (roomId: string) => void
  isOnline: () => boolean
}): Outbox {
  throw new Error('Not yet')
}
