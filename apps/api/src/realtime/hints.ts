import type { FastifyBaseLogger } from 'fastify'
import type Pusher from 'pusher'
import type { ConsumerSpec } from '../log/flight.ts'
import { parseStream } from '../log/streams.ts'
import type { Metrics } from '../metrics.ts'
import { BATCH_MAX_EVENTS, isAccepted, type BatchFlight } from './batch.ts'
import { toHintEvents } from './hint-events.ts'
import { isAnybodyHinted, lockHinting, readHinted } from './hints.store.ts'
import { FLIGHT_TIMEOUT_MS } from './relay.ts'

/** What hinting is called among the consumers of the log. */
export const HINTS = 'hints'
const GATHER_MS = 1_000
const ROOMS_MAX = 200
const BATCHES_AT_ONCE = 4
/** No batch is begun later in a flight, so that it ends in time when there are too many. */
const BEGIN_WITHIN_MS = 1_500

/**
 * Tells people who are in more rooms than they subscribe to which of these have moved on: on their own channel, and about
 * once a second. It is told at most about once: who is left out, or misses it, finds out with their next look.
 *
 * @param everyMs the time between two flights
 */
export function hints(
  given: {
    pusher: Pusher
    metrics: Metrics
    log: FastifyBaseLogger
  },
  everyMs = GATHER_MS,
): ConsumerSpec {
  return {
    name: HINTS,
    reads: ['room'],
    batch: ROOMS_MAX,
    flights: 1,
    everyMs,
    lastOnly: true,
    timeoutMs: FLIGHT_TIMEOUT_MS,
    perform: async (events, { sql, signal }) => {
      const endAt = performance.now() + BEGIN_WITHIN_MS
      await lockHinting(sql, HINTS)
      if (await isAnybodyHinted(sql)) {
        const people = await readHinted(
          sql,
          events.map(({ stream }) => roomOf(stream)),
        )
        const at = new Date().toISOString()
        await publish(
          { ...given, signal, endAt },
          people.flatMap((person) => toHintEvents(person, at)),
        )
      }
      return events.length
    },
  }
}

function roomOf(stream: string): string {
  const parsed = parseStream(stream)
  if (parsed.kind !== 'room') throw new RangeError(`${stream} is no room`)
  return parsed.id
}

type Publishing = BatchFlight & Parameters<typeof hints>[0] & { endAt: number }

/** Resolves, or rejects, when no request is under way any more. */
async function publish(
  publishing: Publishing,
  events: readonly Pusher.BatchEvent[],
): Promise<void> {
  const batches = inBatches(events)
  const work = async () => {
    while (performance.now() < publishing.endAt) {
      const batch = batches.pop()
      if (!batch) return
      await publishOne(publishing, batch).catch((error: unknown) => {
        // The others would fail too.
        batches.length = 0
        throw error
      })
    }
  }
  const ended = await Promise.allSettled(Array.from({ length: BATCHES_AT_ONCE }, work))
  publishing.metrics.hintsLeftOut.inc(batches.reduce((sum, batch) => sum + batch.length, 0))
  const failed = ended.find((one) => one.status === 'rejected')
  if (failed) throw failed.reason
}

async function publishOne(publishing: Publishing, batch: Pusher.BatchEvent[]): Promise<void> {
  const { metrics, log } = publishing
  if (await isAccepted(publishing, batch)) {
    metrics.hintsPublished.inc(batch.length)
    return
  }
  metrics.hintsLeftOut.inc(batch.length)
  log.error('the realtime vendor refuses hints for good')
}

function inBatches(events: readonly Pusher.BatchEvent[]): Pusher.BatchEvent[][] {
  const batches: Pusher.BatchEvent[][] = []
  for (let from = 0; from < events.length; from += BATCH_MAX_EVENTS)
    batches.push(events.slice(from, from + BATCH_MAX_EVENTS))
  return batches
}
