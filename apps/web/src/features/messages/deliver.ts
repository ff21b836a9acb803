import { ProblemError } from '@conclave/shared/client'
import { follow } from '@conclave/shared/events'
import { foldMessages, isBeyondNext } from '@conclave/shared/messages.fold'
import { postMessage, type Message, type MessagePage } from '@conclave/shared/messages'
import type { QueryClient } from '@tanstack/react-query'
import type { Call } from '../../server/call.ts'
import { errorMessage, isTransient, waitSeconds } from '../../server/problem-message.ts'
import { sleep } from '../../server/sleep.ts'
import { notForEverybody } from '../../words/en/writing.en.ts'
import { t } from '../../words/say.ts'
import { messagesKey } from '@conclave/client/keys/messages.keys'
import {
  asSending,
  changePending,
  isStillSending,
  patchPending,
  pendingIn,
  removePending,
} from './pending.store.ts'
import type { PendingMessage } from './pending.ts'
import type { Waiting } from './waiting.ts'

/** How long a message is retried while there is a network, before its author is asked what to do. */
const TRY_FOR_MS = 20_000
const RETRY_FIRST_MS = 500
const RETRY_MAX_MS = 5_000
/** How long the event of a stored message may take before it is fetched. */
const EVENT_TIMEOUT_MS = 1_500

export interface Sending {
  call: Call
  queryClient: QueryClient
  waiting: Waiting
  catchUpRoom: (roomId: string) => void
  isOnline: () => boolean
  /** Settles the next time the outbox is woken. */
  woken: () => Promise<void>
}

/** Sends one message until it is stored, refused or given up. `halt` leaves it and all after it unsent. */
export async function deliver(sending: Sending, item: PendingMessage): Promise<'next' | 'halt'> {
  const { call, queryClient, isOnline } = sending
  const { id, roomId, text, replyTo } = item
  const body = { id, text, ...(replyTo && { replyTo }) }
  let triedForMs = 0
  for (let failures = 0; ; failures++) {
    const startedAt = performance.now()
    try {
      settle(sending, await call(postMessage, { params: { roomId }, body }))
      return 'next'
    } catch (error) {
      // It was stored after all and its event has arrived; or it was discarded, or its author signed out.
      if (!isStillSending(queryClient, item)) return 'next'
      // It stays until its author signs in again.
      if (endsSession(error)) return 'halt'
      if (!isTransient(error)) {
        refuse(sending, item, refusalOf(error))
        return 'next'
      }
      const waitMs = waitAfter(failures, error)
      if (isOnline()) triedForMs += performance.now() - startedAt + waitMs
      if (triedForMs >= TRY_FOR_MS) {
        giveUp(queryClient, roomId, errorMessage(error))
        return 'next'
      }
      await pauseBeforeRetry(sending, item, waitMs, waitSeconds(error))
      if (!isStillSending(queryClient, item)) return 'next'
      patchPending(queryClient, item, () => item)
    }
  }
}

/** Over when the time has passed or the outbox is woken; offline, only once the network is back. */
async function pauseBeforeRetry(
  { queryClient, isOnline, woken }: Sending,
  item: PendingMessage,
  waitMs: number,
  askedSeconds: number | undefined,
): Promise<void> {
  if (askedSeconds !== undefined)
    patchPending(queryClient, item, (current) => ({ ...current, waitSeconds: askedSeconds }))
  await Promise.race([woken(), sleep(waitMs)])
  while (!isOnline() && isStillSending(queryClient, item))
    await Promise.race([woken(), sleep(RETRY_MAX_MS)])
}

/**
 * The stored message goes into the page if it is exactly next there; otherwise its event brings it, with whatever
 * is missing before it.
 */
function settle({ queryClient, waiting, catchUpRoom }: Sending, message: Message): void {
  const { id, roomId } = message
  waiting.drop(id)
  const page = queryClient.getQueryData<MessagePage>(messagesKey(roomId))
  if (!page?.reachesEnd || page.messages.some((other) => other.id === id))
    return removePending(queryClient, roomId, id)
  if (follow(page.rev, message.rev) === 'next' && !isBeyondNext(page, message)) {
    const event = { type: 'message.posted', data: message } as const
    queryClient.setQueryData(messagesKey(roomId), foldMessages(page, event, message.rev))
    return removePending(queryClient, roomId, id)
  }
  patchPending(queryClient, message, (item) => ({ ...asSending(item), stored: true }))
  setTimeout(() => {
    if (pendingIn(queryClient, roomId).some((item) => item.id === id)) catchUpRoom(roomId)
  }, EVENT_TIMEOUT_MS)
}

function refuse({ queryClient, waiting }: Sending, item: PendingMessage, reason: string): void {
  const refused: PendingMessage = { ...item, state: 'failed', reason, transient: false }
  patchPending(queryClient, item, (current) => ({ ...current, ...refused }))
  waiting.keep(refused)
}

/** All of the room's messages together: sending the second without the first would change what was said. */
function giveUp(queryClient: QueryClient, roomId: string, reason: string): void {
  changePending(queryClient, roomId, (pending) =>
    pending.map((item) =>
      item.state === 'sending' && !item.stored
        ? { ...item, state: 'failed', reason, transient: true }
        : item,
    ),
  )
}

/** Why it can never be sent as it is. The only act in a message that needs a role is writing to everybody. */
function refusalOf(error: unknown): string {
  return error instanceof ProblemError && error.slug === 'not-allowed'
    ? t(notForEverybody)
    : errorMessage(error)
}

/** The author has to sign in again. The session says so; nothing is wrong with the message. */
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
