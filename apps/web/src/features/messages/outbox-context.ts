import { ROOMS_KEY } from '@conclave/client/keys/rooms.keys'
import type { Rooms } from '@conclave/shared/rooms'
import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import {
  createContext,
  createElement,
  use,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  type ReactNode,
} from 'react'
import { useConnection } from '../../realtime/RealtimeProvider.tsx'
import { useCall } from '../../server/call.ts'
import type { KeptPlaces } from '../../session/kept.ts'
import { useSession } from '../../session/session.ts'
import { forgetEditDrafts } from '../edits/edit-drafts.ts'
import { forgetDrafts } from './drafts.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { createWaiting, type Waiting } from './waiting.ts'

const OutboxContext = createContext<Outbox | undefined>(undefined)

/** One outbox for all rooms: sending continues while another room is open. */
export function OutboxProvider({ children }: { children: ReactNode }) {
  const call = useCall()
  const queryClient = useQueryClient()
  const { state: session, kept } = useSession()
  const { state, catchUpRoom } = useConnection()
  const catchUp = useLatest(catchUpRoom)
  const waiting = useMemo(
    () =>
      kept &&
      createWaiting({
        kept: kept.browser,
        locks: navigator.locks,
        pages: window,
        page: crypto.randomUUID(),
      }),
    [kept],
  )
  const outbox = useMemo(
    () =>
      waiting &&
      createOutbox({
        call,
        queryClient,
        waiting,
        catchUpRoom: (roomId) => catchUp.current(roomId),
        isOnline: () => navigator.onLine,
      }),
    [call, queryClient, waiting, catchUp],
  )
  // When the session ends, another page of mine may send what this one no longer can.
  const isOpen = session === 'signed-in'
  useEffect(() => (isOpen ? outbox?.open() : undefined), [outbox, isOpen])
  useEffect(() => {
    if (kept && waiting && isOpen) return forgetWhatIsNotMine({ queryClient, kept, waiting })
  }, [queryClient, kept, waiting, isOpen])
  useEffect(() => {
    if (state.kind === 'live' || state.kind === 'polling') outbox?.wake()
  }, [outbox, state.kind])
  useEffect(() => {
    if (!outbox) return
    window.addEventListener('online', outbox.wake)
    return () => window.removeEventListener('online', outbox.wake)
  }, [outbox])
  return createElement(OutboxContext, { value: outbox }, children)
}

export function useOutbox(): Outbox {
  const outbox = use(OutboxContext)
  if (!outbox) throw new Error('useOutbox needs an OutboxProvider above it, and somebody signed in')
  return outbox
}

/** Whenever my rooms change, drops drafts and unsent messages in rooms that are no longer mine. */
function forgetWhatIsNotMine(options: {
  queryClient: QueryClient
  kept: KeptPlaces
  waiting: Waiting
}): () => void {
  const { queryClient, kept, waiting } = options
  let before: ReadonlySet<string> | undefined
  function forget(): void {
    const rooms = queryClient.getQueryData<Rooms>(ROOMS_KEY)?.rooms
    if (!rooms) return
    const mine = new Set(rooms.map(({ id }) => id))
    const wasMine = before
    before = mine
    forgetDrafts(kept.tab, (roomId) => mine.has(roomId))
    // Another page may know a room that this one has not heard of yet.
    forgetDrafts(kept.browser, (roomId) => mine.has(roomId) || wasMine?.has(roomId) === false)
    forgetEditDrafts(kept.tab, (roomId) => mine.has(roomId))
    waiting.forget((roomId) => mine.has(roomId))
  }
  forget()
  return queryClient.getQueryCache().subscribe(({ type, query }) => {
    if (type === 'updated' && query.queryKey[0] === ROOMS_KEY[0]) forget()
  })
}

/** The value of the latest render, for callbacks that outlive a render. */
function useLatest<Value>(value: Value): { readonly current: Value } {
  const latest = useRef(value)
  useLayoutEffect(() => {
    latest.current = value
  })
  return latest
}
