import type Pusher from 'pusher'
import type { LogEvent } from '../log/log.store.ts'
import { toBatchEvent, toBatchNews } from './envelopes.ts'

/** What the vendor takes in one batch. */
export const BATCH_MAX_EVENTS = 10
/** Said of the request itself, and the same however often it is repeated: a bad form, or too large. */
const REFUSED_FOR_GOOD = new Set<unknown>([400, 413])

/** Once the signal is aborted its lock may be gone, and with it the right to publish to this epoch. */
interface Flight {
  pusher: Pusher
  signal: AbortSignal
}

export interface Taken {
  /** How many of the first events the vendor has taken. */
  events: number
  /** The stream whose event it took only as the news that something changed, because it refuses the event itself. */
  replaced: string | undefined
}

/**
 * Publishes the next events of some streams. When the vendor refuses them for good, it is asked for the first alone, so that
 * each flight gets on by one at least; and what it never takes goes out as its rev, for readers to fetch. Were even
 * that refused, it is not the event that is wrong: everything waits, as for a vendor that is away.
 */
export async function publishBatch(flight: Flight, rows: readonly LogEvent[]): Promise<Taken> {
  const events = rows.map(toBatchEvent)
  if (await isTaken(flight, events)) return { events: rows.length, replaced: undefined }
  const [first] = rows
  if (!first) return { events: 0, replaced: undefined }
  if (rows.length > 1 && (await isTaken(flight, [toBatchEvent(first)])))
    return { events: 1, replaced: undefined }
  await send(flight, [toBatchNews(first)])
  return { events: 1, replaced: first.stream }
}

/** False when it was refused for good; whatever else goes wrong is thrown, and tried again later. */
async function isTaken(flight: Flight, events: Pusher.BatchEvent[]): Promise<boolean> {
  try {
    await send(flight, events)
    return true
  } catch (error) {
    if (error instanceof Error && 'status' in error && REFUSED_FOR_GOOD.has(error.status))
      return false
    throw error
  }
}

async function send({ pusher, signal }: Flight, events: Pusher.BatchEvent[]): Promise<void> {
  signal.throwIfAborted()
  const answer = await pusher.triggerBatch(events)
  // A body left unread would keep the connection from being used again.
  await answer.text()
}
