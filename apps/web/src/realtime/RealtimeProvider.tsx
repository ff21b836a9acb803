import type { Connection } from '@conclave/client/connection/client-connection'
import type { ConnectionState } from '@conclave/client/connection/connection-state'
import { ME_KEY } from '@conclave/client/keys/people.keys'
import type { Me } from '@conclave/shared/people'
import { unreachable } from '@conclave/shared/unreachable'
import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import {
  createContext,
  use,
  useCallback,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react'
import { useCall } from '../server/call.ts'
import { firstViewShown } from '../server/first-view.ts'
import { useHealth } from '../server/health.ts'
import { useHeldPeople } from '../server/HeldPeopleProvider.tsx'
import { loadPart, type PartTrouble } from '../server/parts.ts'
import { useLate } from '../ui/use-late.ts'
import { useConfig, useSession } from '../session/session.ts'
import type { openConnection } from './open-connection.ts'

/** Shorter interruptions are nobody's business. */
const BLIP_MS = 2_000

interface ConnectionView {
  state: ConnectionState
  /** What is said of it. Everything on the screen goes by this one value, so that no two sentences differ. */
  shown: ConnectionState['kind']
  /** Asks the server for everything missed; settles when that is done. */
  refresh: () => Promise<void>
  catchUpRoom: (roomId: string) => void
}

const SHOWN_AT_ONCE = new Set<ConnectionState['kind']>(['idle', 'live', 'outdated', 'lost'])
const IDLE: ConnectionState = { kind: 'idle' }
const ConnectionContext = createContext<ConnectionView | undefined>(undefined)

/** Keeps the query cache in step with the server while somebody is signed in. */
export function RealtimeProvider({ children }: { children: ReactNode }) {
  const { pusher: config } = useConfig()
  const call = useCall()
  const health = useHealth()
  const queryClient = useQueryClient()
  const people = useHeldPeople()
  const isSignedIn = useSession().state === 'signed-in'
  const knownId = useMyId(queryClient)
  const myId = isSignedIn ? knownId : undefined
  const [state, setState] = useState(IDLE)
  const [connection, setConnection] = useState<Connection>()

  useEffect(() => {
    if (myId === undefined) return
    let opened: Connection | undefined
    const stop = new AbortController()
    async function open(id: string) {
      await firstViewShown(queryClient)
      const openConnection = await loadRealtime(setState, stop.signal)
      if (stop.signal.aborted) return
      opened = openConnection({ config, call, health, queryClient, people, myId: id })
      setConnection(opened)
      opened.subscribe(setState)
    }
    open(myId).catch((error: unknown) => {
      if (!stop.signal.aborted) console.error('Realtime could not begin.', error)
    })
    return () => {
      stop.abort()
      opened?.close()
      setConnection(undefined)
      setState(IDLE)
    }
  }, [config, call, health, queryClient, people, myId])

  useEffect(() => {
    document.documentElement.dataset['realtime'] = state.kind
  }, [state])

  const { refresh, catchUpRoom } = useMemo(
    () => ({
      refresh: () => connection?.refresh() ?? Promise.resolve(),
      catchUpRoom: (roomId: string) => connection?.catchUpRoom(roomId),
    }),
    [connection],
  )
  const shown = useSettled(state.kind)
  const view = useMemo(
    () => ({ state, shown, refresh, catchUpRoom }),
    [state, shown, refresh, catchUpRoom],
  )
  return <ConnectionContext value={view}>{children}</ConnectionContext>
}

/** What was shown stays for a blip after it has ceased to be true, and is then replaced by what is true at that time. */
function useSettled(kind: ConnectionState['kind']): ConnectionState['kind'] {
  const [shown, setShown] = useState(kind)
  const isOver = useLate(kind !== shown, BLIP_MS)
  if (kind !== shown && (isOver || SHOWN_AT_ONCE.has(kind))) setShown(kind)
  return shown
}

/** Who I am, once whoever shows the page has found out. */
function useMyId(queryClient: QueryClient): string | undefined {
  const subscribe = useCallback(
    (listener: () => void) => queryClient.getQueryCache().subscribe(listener),
    [queryClient],
  )
  return useSyncExternalStore(subscribe, () => queryClient.getQueryData<Me>(ME_KEY)?.id)
}

/** Loaded after the first view: nobody waits for it. */
async function loadRealtime(
  setState: (state: ConnectionState) => void,
  signal: AbortSignal,
): Promise<typeof openConnection> {
  return loadPart(
    async () => (await import('./open-connection.ts')).openConnection,
    (trouble) => setState({ kind: kindOf(trouble) }),
    signal,
  )
}

function kindOf(trouble: PartTrouble): ConnectionState['kind'] {
  switch (trouble) {
    case 'away':
      return navigator.onLine ? 'api-away' : 'offline'
    case 'newer':
      return 'outdated'
    case 'lost':
      return 'lost'
    default:
      return unreachable(trouble)
  }
}

export function useConnection(): ConnectionView {
  const connection = use(ConnectionContext)
  if (!connection) throw new Error('useConnection needs a RealtimeProvider above it')
  return connection
}
