import {
  ALL_MESSAGES_KEY,
  ALL_PENDING_KEY,
  messagesKey,
  pendingKey,
} from '@conclave/client/keys/messages.keys'
import { ProblemError } from '@conclave/shared/client'
import { follow } from '@conclave/shared/events'
import { foldMessages } from '@conclave/shared/messages.fold'
import { postMessage, type Message, type MessagePage } from '@conclave/shared/messages'
import type { QueryClient } from '@tanstack/react-query'
import type { Call } from '../../server/call.ts'
import { errorMessage, isTransient, waitSeconds } from '../../server/problem-message.ts'
import { newMessageId } from './message-id.ts'
import type { PendingMessage } from './pending.ts'
import type { Waiting } from './waiting.ts'

/** How long a message is tried while there is a network, before it asks for a hand. */
const TRY_FOR_MS = 20_000
const RETRY_FIRST_MS = 500
const RETRY_MAX_MS = 5_000
/** How long the event of a stored message may take before it is fetched. */
const EVENT_WITHIN_MS = 1_500

export interface Outbox {
  send: (roomId: string, text: string) => void
  retry: (roomId: string, id: string) => void
  discard: (roomId: string, id: string) => void
  /** The connection is back: tries everything again that only waited for it. */
  wake: () => void
  open: () => () => void
}

/**
 * Sends my messages: one at a time and in order in each room, and again until the server has answered. Until then each
 * is also kept in the browser, so that what a reload, a crash or the end of the session interrupts goes on afterwards.
 */
export function createOutbox(options: {
  call: Call
  queryClient: QueryClient
  waiting: Waiting
  catchUpRoom: (roomId: string) => void
  isOnline: () => boolean
}): Outbox {
  const { call, queryClient, waiting, catchUpRoom, isOnline } = options
  queryClient.setQueryDefaults(ALL_PENDING_KEY, { gcTime: Infinity })
  const draining = new Set<string>()
  let wakeUp = Promise.withResolvers<void>()

  function send(roomId: string, text: string): void {
    const id = newMessageId()
    const createdAt = new Date().toISOString()
    const item: PendingMessage = { id, roomId, text, createdAt, state: 'sending' }
    waiting.keep(item)
    change(roomId, (held) => [...held, item])
    void drain(roomId)
  }

  function retry(roomId: string, id: string): void {
    change(roomId, (held) => held.map((item) => (item.id === id ? asSending(item) : item)))
    for (const item of pendingOf(roomId)) if (item.id === id) waiting.keep(item)
    void drain(roomId)
  }

  function discard(roomId: string, id: string): void {
    waiting.drop(id)
    change(roomId, (held) => held.filter((item) => item.id !== id))
  }

  /** What a page that is gone has left behind was written before what is written here. */
  function adopt(items: PendingMessage[]): void {
    for (const [roomId, left] of Map.groupBy(items, (item) => item.roomId)) {
      const ids = new Set(left.map(({ id }) => id))
      change(roomId, (held) => [...left, ...held.filter(({ id }) => !ids.has(id))])
      void drain(roomId)
    }
  }

  function wake(): void {
    wakeUp.resolve()
    wakeUp = Promise.withResolvers()
    for (const { queryKey } of queryClient.getQueryCache().findAll({ queryKey: ALL_PENDING_KEY })) {
      const roomId = String(queryKey[1])
      if (pendingOf(roomId).some(({ transient }) => transient)) {
        change(roomId, (held) => held.map((item) => (item.transient ? asSending(item) : item)))
      }
      void drain(roomId)
    }
  }

  function gone(roomId: string, id: string): void {
    change(roomId, (held) => held.filter((item) => item.id !== id || item.stored))
  }

  async function drain(roomId: string): Promise<void> {
    if (draining.has(roomId)) return
    draining.add(roomId)
    try {
      await waiting.ready()
      for (let item = nextOf(roomId); item; item = nextOf(roomId)) {
        if (putOlderFirst(item)) continue
        if ((await deliver(item)) === 'halt') return
      }
    } finally {
      draining.delete(roomId)
    }
  }

  /** Whether another page of mine has written something before this, which is then the next. */
  function putOlderFirst(item: PendingMessage): boolean {
    const held = new Set(pendingOf(item.roomId).map(({ id }) => id))
    const older = waiting.ahead(item).filter(({ id }) => !held.has(id))
    if (older.length > 0) change(item.roomId, (pending) => [...older, ...pending])
    return older.length > 0
  }

  async function deliver(item: PendingMessage): Promise<'next' | 'halt'> {
    const { id, roomId, text } = item
    let triedFor = 0
    for (let failures = 0; ; failures++) {
      const startedAt = performance.now()
      try {
        settle(await call(postMessage, { params: { roomId }, body: { id, text } }))
        return 'next'
      } catch (error) {
        // Stored after all, and seen by its event; or discarded, or signed out.
        if (!isWaiting(item)) return 'next'
        // It waits for its author to come back.
        if (endsSession(error)) return 'halt'
        const reason = errorMessage(error)
        if (!isTransient(error)) {
          refuse(item, reason)
          return 'next'
        }
        const wait = waitAfter(failures, error)
        const online = isOnline()
        if (online) triedFor += performance.now() - startedAt + wait
        if (triedFor >= TRY_FOR_MS) {
          giveUp(roomId, reason)
          return 'next'
        }
        const asked = waitSeconds(error)
        if (asked !== undefined) patch(item, { waitSeconds: asked })
        await Promise.race([wakeUp.promise, sleep(wait)])
        while (!isOnline() && isWaiting(item))
          await Promise.race([wakeUp.promise, sleep(RETRY_MAX_MS)])
        if (!isWaiting(item)) return 'next'
        change(roomId, (held) => held.map((waiting) => (waiting.id === id ? item : waiting)))
      }
    }
  }

  /** The answer goes into the page if it is exactly next there; otherwise its event brings it, with what is between. */
  function settle(message: Message): void {
    const { id, roomId } = message
    waiting.drop(id)
    const page = queryClient.getQueryData<MessagePage>(messagesKey(roomId))
    if (!page?.reachesEnd) return discard(roomId, id)
    if (page.messages.some((held) => held.id === id)) return discard(roomId, id)
    if (follow(page.rev, message.rev) === 'next') {
      const event = { type: 'message.posted', data: message } as const
      queryClient.setQueryData(messagesKey(roomId), foldMessages(page, event, message.rev))
      return discard(roomId, id)
    }
    change(roomId, (held) =>
      held.map((item) => (item.id === id ? { ...asSending(item), stored: true } : item)),
    )
    setTimeout(() => {
      if (pendingOf(roomId).some((item) => item.id === id)) catchUpRoom(roomId)
    }, EVENT_WITHIN_MS)
  }

  function refuse(item: PendingMessage, reason: string): void {
    const refused: PendingMessage = { ...item, state: 'failed', reason, transient: false }
    patch(item, refused)
    waiting.keep(refused)
  }

  /** All of the room's together: sending the next without the first would change what was said. */
  function giveUp(roomId: string, reason: string): void {
    change(roomId, (held) =>
      held.map((item) =>
        item.state === 'sending' && !item.stored
          ? { ...item, state: 'failed', reason, transient: true }
          : item,
      ),
    )
  }

  /** A pending message leaves when the stored one is there. Until it is closed, this page sends what is kept here. */
  function open(): () => void {
    const close = waiting.open({ adopt, gone })
    const unsubscribe = queryClient.getQueryCache().subscribe(({ type, query }) => {
      if (type !== 'updated' || query.queryKey[0] !== ALL_MESSAGES_KEY[0]) return
      const roomId = String(query.queryKey[1])
      const pending = pendingOf(roomId)
      if (pending.length === 0) return
      const page = queryClient.getQueryData<MessagePage>(messagesKey(roomId))
      const stored = new Set(page?.messages.map(({ id }) => id))
      for (const { id } of pending) if (stored.has(id)) discard(roomId, id)
    })
    return () => {
      unsubscribe()
      close()
    }
  }

  function nextOf(roomId: string): PendingMessage | undefined {
    return pendingOf(roomId).find(({ state, stored }) => state === 'sending' && !stored)
  }

  function isWaiting({ roomId, id }: PendingMessage): boolean {
    return pendingOf(roomId).some((item) => item.id === id && item.state === 'sending')
  }

  function patch({ roomId, id }: PendingMessage, changes: Partial<PendingMessage>): void {
    change(roomId, (held) => held.map((item) => (item.id === id ? { ...item, ...changes } : item)))
  }

  function pendingOf(roomId: string): PendingMessage[] {
    return queryClient.getQueryData<PendingMessage[]>(pendingKey(roomId)) ?? []
  }

  function change(roomId: string, changed: (held: PendingMessage[]) => PendingMessage[]): void {
    queryClient.setQueryData<PendingMessage[]>(pendingKey(roomId), (held = []) => changed(held))
  }

  return { send, retry, discard, wake, open }
}

function asSending({ id, roomId, text, createdAt }: PendingMessage): PendingMessage {
  return { id, roomId, text, createdAt, state: 'sending' }
}

/** The author has to sign in again; the session says so, and nothing is wrong with the message. */
function endsSession(error: unknown): boolean {
  return (
    error instanceof ProblemError &&
    ['not-signed-in', 'signed-out', 'access-removed'].includes(error.slug)
  )
}

function waitAfter(failures: number, error: unknown): number {
  const backoff = Math.min(RETRY_FIRST_MS * 2 ** failures, RETRY_MAX_MS)
  return Math.max((waitSeconds(error) ?? 0) * 1_000, backoff * (0.75 + Math.random() / 4))
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
