import type Pusher from 'pusher'
import type { LogEvent } from '../log/log.store.ts'
import { toBatchEvent, toBatchNews } from './envelopes.ts'

/** The most events that Pusher takes in one batch. */
export const BATCH_MAX_EVENTS = 10
/** Statuses that depend on the request itself, so that retries fail too: malformed, or too large. */
const REFUSED_FOR_GOOD = new Set<unknown>([400, 413])

/** After the signal is aborted the lock may be gone, and with it the right to publish to this epoch. */
export interface BatchFlight {
  pusher: Pusher
  signal: AbortSignal
}

export interface BatchResult {
  /** How many of the first events the broker has accepted. */
  events: number
  /** The stream whose event was replaced by its revision, because the broker refuses the event itself. */
  replaced: string | undefined
}

/**
 * Publishes the next events of some streams. When the broker refuses a batch permanently, the first event is sent
 * alone, so that each flight makes progress; and an event that is refused alone is published as its revision, for
 * clients to fetch. If even that is refused, the event is not at fault: everything waits, as while the broker is down.
 */
export async function publishBatch(
  flight: BatchFlight,
  rows: readonly LogEvent[],
): Promise<BatchResult> {
  const events = rows.map(toBatchEvent)
  if (await isAccepted(flight, events)) return { events: rows.length, replaced: undefined }
  const [first] = rows
  if (!first) return { events: 0, replaced: undefined }
  if (rows.length > 1 && (await isAccepted(flight, [toBatchEvent(first)])))
    return { events: 1, replaced: undefined }
  await send(flight, [toBatchNews(first)])
  return { events: 1, replaced: first.stream }
}

/** Returns false when the request was refused permanently; throws on any other failure, to be retried later. */
export async function isAccepted(
  flight: BatchFlight,
  events: Pusher.BatchEvent[],
): Promise<boolean> {
  try {
    await send(flight, events)
    return true
  } catch (error) {
    if (error instanceof Error && 'status' in error && REFUSED_FOR_GOOD.has(error.status))
      return false
    throw error
  }
}

async function send({ pusher, signal }: BatchFlight, events: Pusher.BatchEvent[]): Promise<void> {
  signal.throwIfAborted()
  // Ends by the SDK's own timeout, which is as long as a flight has to wind up (publisher.ts).
  const answer = await pusher.triggerBatch(events)
  // An unread body would keep the connection from being reused. By its head, the broker has accepted.
  await unlessAborted(signal, answer.text())
}

async function unlessAborted<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>()
  const abort = () => reject(signal.reason as Error)
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort)
  try {
    return await Promise.race([work, promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
