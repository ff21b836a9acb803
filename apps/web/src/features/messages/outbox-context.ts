import { useQueryClient } from '@tanstack/react-query'
import { createContext, createElement, use, useEffect, useMemo, type ReactNode } from 'react'
import { useConnection } from '../../realtime/RealtimeProvider.tsx'
import { useCall } from '../../server/call.ts'
import { createOutbox, type Outbox } from './outbox.ts'

const OutboxContext = createContext<Outbox | undefined>(undefined)

/** One outbox for all rooms: sending goes on while another room is open. */
export function OutboxProvider({ children }: { children: ReactNode }) {
  const call = useCall()
  const queryClient = useQueryClient()
  const { state, catchUpRoom } = useConnection()
  const outbox = useMemo(
    () => createOutbox({ call, queryClient, catchUpRoom, isOnline: () => navigator.onLine }),
    [call, queryClient, catchUpRoom],
  )
  useEffect(() => outbox.open(), [outbox])
  useEffect(() => {
    if (state.kind === 'live' || state.kind === 'polling') outbox.wake()
  }, [outbox, state.kind])
  useEffect(() => {
    window.addEventListener('online', outbox.wake)
    return () => window.removeEventListener('online', outbox.wake)
  }, [outbox])
  return createElement(OutboxContext, { value: outbox }, children)
}

export function useOutbox(): Outbox {
  const outbox = use(OutboxContext)
  if (!outbox) throw new Error('useOutbox needs an OutboxProvider above it')
  return outbox
}
