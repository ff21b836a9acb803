import type { FastifyBaseLogger } from 'fastify'
import type Pusher from 'pusher'
import type { Sql } from '../database/connection.ts'
import type { Metrics } from '../metrics.ts'
import { backoffMs } from '../waiting/backoff.ts'
import { BATCH_MAX_EVENTS } from './batch.ts'
import { fly } from './flight.ts'

const MAX_FLIGHTS = 8
/** Connections a relay wants for itself: its flights and its poll. */
export const RELAY_CONNECTIONS = MAX_FLIGHTS + 1
/** How those connections behave. */
export const RELAY_SETTINGS = {
  // Losing a deletion in a crash only repeats the events, which readers drop by their rev.
  synchronous_commit: 'off',
}
const POLL_MS = 1_000
const BACKOFF = { firstMs: 100, maxMs: 5_000 }

export interface Relay {
  /** Says that these streams have events, after they are committed. */
  wake: (streams: Iterable<string>) => void
  /** Ends the flights in progress; what is left stays in the outbox. */
  close: () => Promise<void>
  state: () => RelayState
}

export interface RelayState {
  lastPublishedAt: string | undefined
  lastError: string | undefined
  /** Failures since the last success; the relay waits longer after each. */
  failures: number
}

/**
 * Publishes what the outbox holds, per stream in order and one flight at a time on all instances; a flight carries
 * several streams.
 * The outbox is the queue; here is only remembered which streams to look at.
 * `sql` is a pool of its own, so that a vendor that hangs never takes the connections requests need.
 */
export function createRelay(given: {
  sql: Sql
  pusher: Pusher
  metrics: Metrics
  log: FastifyBaseLogger
}): Relay {
  const { sql, pusher, metrics, log } = given
  const dirty = new Set<string>()
  const flights = new Set<Promise<void>>()
  /** The streams that are on a flight. */
  const flying = new Set<string>()
  const state: RelayState = { lastPublishedAt: undefined, lastError: undefined, failures: 0 }
  let closed = false
  let resume: NodeJS.Timeout | undefined
  let polling: Promise<void> | undefined
  const timer = setInterval(() => {
    polling ??= poll().finally(() => {
      polling = undefined
    })
  }, POLL_MS)

  function wake(streams: Iterable<string>): void {
    for (const stream of streams) dirty.add(stream)
    start()
  }

  function start(): void {
    while (mayDepart()) {
      const streams = board()
      if (streams.length === 0) return
      const ended = flight(streams).finally(() => {
        flights.delete(ended)
        for (const stream of streams) flying.delete(stream)
        start()
      })
      flights.add(ended)
    }
  }

  function mayDepart(): boolean {
    // After a failure one flight at a time finds out whether the vendor is back.
    const most = state.failures === 0 ? MAX_FLIGHTS : 1
    return !closed && resume === undefined && flights.size < most
  }

  /** Takes those who go on the next flight: as many streams as there is room for an event of each. */
  function board(): string[] {
    const streams: string[] = []
    for (const stream of dirty) {
      if (streams.length === BATCH_MAX_EVENTS) break
      if (flying.has(stream)) continue
      dirty.delete(stream)
      flying.add(stream)
      streams.push(stream)
    }
    return streams
  }

  async function flight(streams: readonly string[]): Promise<void> {
    try {
      const { events, replaced, more } = await fly(sql, pusher, streams)
      metrics.eventsPublished.inc(events)
      if (events > 0) state.lastPublishedAt = new Date().toISOString()
      if (more) for (const stream of streams) dirty.add(stream)
      if (replaced !== undefined) noteReplaced(replaced)
      state.failures = 0
    } catch (error) {
      for (const stream of streams) dirty.add(stream)
      pause(error)
    }
  }

  function noteReplaced(stream: string): void {
    metrics.eventsReplaced.inc()
    log.error({ stream }, 'the realtime vendor refuses an event for good')
  }

  function pause(error: unknown): void {
    state.failures += 1
    metrics.relayFailures.inc({ step: stepOf(error) })
    state.lastError = describe(error)
    log.warn({ reason: state.lastError, failures: state.failures }, 'publishing failed')
    if (closed) return
    clearTimeout(resume)
    resume = setTimeout(
      () => {
        resume = undefined
        start()
      },
      backoffMs(state.failures, BACKOFF),
    )
  }

  /** Finds what an instance that died, or a wake that was lost, has left. */
  async function poll(): Promise<void> {
    try {
      const rows = await sql<{ stream: string }[]>`
        select distinct stream from outbox
        where created_at < clock_timestamp() - interval '2 seconds'`
      wake(rows.map(({ stream }) => stream))
    } catch (error) {
      metrics.relayFailures.inc({ step: 'look' })
      log.warn({ reason: describe(error) }, 'looking into the outbox failed')
    }
  }

  async function close(): Promise<void> {
    closed = true
    clearInterval(timer)
    clearTimeout(resume)
    await Promise.all([...flights, polling])
  }

  return { wake, close, state: () => ({ ...state }) }
}

/** How many events wait to be published, and for how long the oldest has. */
export async function outboxLag(sql: Sql): Promise<{ waiting: number; oldestSeconds: number }> {
  const [lag] = await sql<{ waiting: number; oldestSeconds: number }[]>`
    select
      count(*) as waiting,
      coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0)::float8
        as "oldestSeconds"
    from outbox`
  return lag ?? { waiting: 0, oldestSeconds: 0 }
}

// Whatever Postgres or its driver says has a code; the vendor's refusals and our own time limit have none.
function stepOf(error: unknown): 'database' | 'publish' {
  return error instanceof Error && 'code' in error ? 'database' : 'publish'
}

// The SDK's error carries the signed URL, which does not belong in a log.
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const status = 'status' in error && typeof error.status === 'number' ? ` (${error.status})` : ''
  return `${error.name}: ${error.message}${status}`
}
