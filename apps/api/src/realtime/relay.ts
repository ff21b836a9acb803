import type { FastifyBaseLogger } from 'fastify'
import type Pusher from 'pusher'
import type { ConsumerSpec } from '../log/flight.ts'
import type { Metrics } from '../metrics.ts'
import { BATCH_MAX_EVENTS, publishBatch } from './batch.ts'

/** What publishing is called among the consumers of the log. */
export const RELAY = 'relay'
/**
 * The SDK's own timeout ends at the answer's head; this one covers the whole answer. Whoever cuts somebody off waits for
 * flights in progress (landing.ts), so it is also how long that takes while the vendor hangs.
 */
export const FLIGHT_TIMEOUT_MS = 2_000

/** Publishes everything that happens to the realtime vendor. */
export function relay(given: {
  pusher: Pusher
  metrics: Metrics
  log: FastifyBaseLogger
}): ConsumerSpec {
  const { pusher, metrics, log } = given
  return {
    name: RELAY,
    reads: ['room', 'person', 'team'],
    batch: BATCH_MAX_EVENTS,
    flights: 8,
    // What is said never waits behind what one act tells many.
    lanes: [
      { reads: ['room'], kept: 2 },
      { reads: ['person'], kept: 1 },
      { reads: ['team'], kept: 1 },
    ],
    timeoutMs: FLIGHT_TIMEOUT_MS,
    perform: async (events, { signal }) => {
      const taken = await publishBatch({ pusher, signal }, events)
      metrics.eventsPublished.inc(taken.events)
      if (taken.replaced !== undefined) {
        metrics.eventsReplaced.inc()
        log.error({ stream: taken.replaced }, 'the realtime vendor refuses an event for good')
      }
      return taken.events
    },
  }
}
