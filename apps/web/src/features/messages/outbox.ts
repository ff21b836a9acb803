import { ALL_MESSAGES_KEY, ALL_PENDING_KEY, messagesKey } from '@conclave/client/keys/messages.keys'
import type { MessagePage } from '@conclave/shared/messages'
import type { QueryClient } from '@tanstack/react-query'
import { deliver, type Sending } from './deliver.ts'
import { newMessageId } from './message-id.ts'
import {
  asSending,
  changePending,
  patchPending,
  pendingIn,
  removePending,
} from './pending.store.ts'
import type { PendingMessage } from './pending.ts'

export interface Outbox {
  /** `replyTo` is the message that it answers. */
  send: (roomId: string, text: string, replyTo?: string) => void
  retry: (roomId: string, id: string) => void
  discard: (roomId: string, id: string) => void
  /** The connection is back: retries everything that was only waiting for it. */
  wake: () => void
  open: () => () => void
}

/**
 * Sends my messages: one at a time and in order in each room, retrying until the server has answered. Until then each
 * is also kept in the browser, so that a reload, a crash or the end of the session only interrupts it.
 */
export function createOutbox(options: Omit<Sending, 'woken'>): Outbox {
  const { queryClient, waiting } = options
  queryClient.setQueryDefaults(ALL_PENDING_KEY, { gcTime: Infinity })
  let wakeUp = Promise.withResolvers<void>()
  const drain = createDrain({ ...options, woken: () => wakeUp.promise })

  function send(roomId: string, text: string, replyTo?: string): void {
    const id = newMessageId()
    const createdAt = new Date().toISOString()
    const reply = replyTo === undefined ? {} : { replyTo }
    const item: PendingMessage = { id, roomId, text, ...reply, createdAt, state: 'sending' }
    waiting.keep(item)
    changePending(queryClient, roomId, (pending) => [...pending, item])
    void drain(roomId)
  }

  function retry(roomId: string, id: string): void {
    patchPending(queryClient, { roomId, id }, asSending)
    for (const item of pendingIn(queryClient, roomId)) if (item.id === id) waiting.keep(item)
    void drain(roomId)
  }

  function discard(roomId: string, id: string): void {
    waiting.drop(id)
    removePending(queryClient, roomId, id)
  }

  /** Messages that a closed page left behind were written before those of this page. */
  function adopt(items: PendingMessage[]): void {
    for (const [roomId, left] of Map.groupBy(items, (item) => item.roomId)) {
      const ids = new Set(left.map(({ id }) => id))
      changePending(queryClient, roomId, (own) => [
        ...left,
        ...own.filter(({ id }) => !ids.has(id)),
      ])
      void drain(roomId)
    }
  }

  function wake(): void {
    wakeUp.resolve()
    wakeUp = Promise.withResolvers()
    for (const { queryKey } of queryClient.getQueryCache().findAll({ queryKey: ALL_PENDING_KEY })) {
      const roomId = String(queryKey[1])
      retryTransient(queryClient, roomId)
      void drain(roomId)
    }
  }

  function open(): () => void {
    const close = waiting.open({ adopt, gone: (roomId, id) => forget(queryClient, roomId, id) })
    const unsubscribe = discardStored(queryClient, discard)
    return () => {
      unsubscribe()
      close()
    }
  }

  return { send, retry, discard, wake, open }
}

/** Sends what is pending in a room, one message after the other. A second call while it runs does nothing. */
function createDrain(sending: Sending): (roomId: string) => Promise<void> {
  const { queryClient, waiting } = sending
  const draining = new Set<string>()

  /** Whether another page of mine wrote something before this, which then goes first. */
  function putOlderFirst(item: PendingMessage): boolean {
    const own = new Set(pendingIn(queryClient, item.roomId).map(({ id }) => id))
    const older = waiting.ahead(item).filter(({ id }) => !own.has(id))
    if (older.length > 0)
      changePending(queryClient, item.roomId, (pending) => [...older, ...pending])
    return older.length > 0
  }

  return async (roomId) => {
    if (draining.has(roomId)) return
    draining.add(roomId)
    try {
      await waiting.ready()
      const next = () => nextOf(pendingIn(queryClient, roomId))
      for (let item = next(); item; item = next()) {
        if (putOlderFirst(item)) continue
        if ((await deliver(sending, item)) === 'halt') return
      }
    } finally {
      draining.delete(roomId)
    }
  }
}

function nextOf(pending: PendingMessage[]): PendingMessage | undefined {
  return pending.find(({ state, stored }) => state === 'sending' && !stored)
}

function retryTransient(queryClient: QueryClient, roomId: string): void {
  if (!pendingIn(queryClient, roomId).some(({ transient }) => transient)) return
  changePending(queryClient, roomId, (pending) =>
    pending.map((item) => (item.transient ? asSending(item) : item)),
  )
}

/** Another page has sent or discarded it. */
function forget(queryClient: QueryClient, roomId: string, id: string): void {
  changePending(queryClient, roomId, (pending) =>
    pending.filter((item) => item.id !== id || item.stored),
  )
}

/** A pending message leaves as soon as the page has the stored one. */
function discardStored(queryClient: QueryClient, discard: Outbox['discard']): () => void {
  return queryClient.getQueryCache().subscribe(({ type, query }) => {
    if (type !== 'updated' || query.queryKey[0] !== ALL_MESSAGES_KEY[0]) return
    const roomId = String(query.queryKey[1])
    const pending = pendingIn(queryClient, roomId)
    if (pending.length === 0) return
    const page = queryClient.getQueryData<MessagePage>(messagesKey(roomId))
    const stored = new Set(page?.messages.map(({ id }) => id))
    for (const { id } of pending) if (stored.has(id)) discard(roomId, id)
  })
}
