import { useQueryClient } from '@tanstack/react-query'
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react'
import { useMe } from '../features/people/people.queries.ts'
import { useCall } from '../server/call.ts'
import { useConfig, useSession } from '../session/session.ts'
import { createConnection, type Connection } from './connection.ts'
import type { ConnectionState } from './connection-state.ts'

interface ConnectionView {
  state: ConnectionState
  /** Asks the server for everything missed; settles when that is done. */
  refresh: () => Promise<void>
  catchUpRoom: (roomId: string) => void
}

const IDLE: ConnectionState = { kind: 'idle' }
const ConnectionContext = createContext<ConnectionView | undefined>(undefined)

/** Keeps the query cache in step with the server while somebody is signed in. */
export function RealtimeProvider({ children }: { children: ReactNode }) {
  const { state: session } = useSession()
  return session === 'signed-in' ? (
    <Connected>{children}</Connected>
  ) : (
    <ConnectionContext value={NOT_CONNECTED}>{children}</ConnectionContext>
  )
}

const NOT_CONNECTED: ConnectionView = {
  state: IDLE,
  refresh: () => Promise.resolve(),
  catchUpRoom: () => {},
}

function Connected({ children }: { children: ReactNode }) {
  const config = useConfig()
  const call = useCall()
  const queryClient = useQueryClient()
  const { me } = useMe()
  const myId = me?.id
  const [state, setState] = useState(IDLE)
  const [connection, setConnection] = useState<Connection>()

  useEffect(() => {
    if (myId === undefined) return
    const opened = createConnection({ config: config.pusher, call, queryClient, myId })
    setConnection(opened)
    const unsubscribe = opened.subscribe(setState)
    return () => {
      unsubscribe()
      opened.close()
      setConnection(undefined)
      setState(IDLE)
    }
  }, [config, call, queryClient, myId])

  useEffect(() => {
    document.documentElement.dataset['realtime'] = state.kind
  }, [state])

  const view = useMemo<ConnectionView>(
    () => ({
      state,
      refresh: () => connection?.refresh() ?? Promise.resolve(),
      catchUpRoom: (roomId) => connection?.catchUpRoom(roomId),
    }),
    [state, connection],
  )
  return <ConnectionContext value={view}>{children}</ConnectionContext>
}

export function useConnection(): ConnectionView {
  const connection = use(ConnectionContext)
  if (!connection) throw new Error('useConnection needs a RealtimeProvider above it')
  return connection
}
