import type { FastifyBaseLogger } from 'fastify'
import type { Sql } from '../database/connection.ts'
import type { Metrics } from '../metrics.ts'
import { createPause } from '../waiting/pause.ts'
import { createRest } from '../waiting/rest.ts'
import { createStreamQueue } from './stream-queue.ts'
import { runFlight, PerformFailed, type ConsumerSpec } from './flight.ts'

const BACKOFF = { firstMs: 100, maxMs: 5_000 }

export interface Consumer {
  /** Reports, after the commit, that these streams have new events. */
  wake: (streams: Iterable<string>) => void
  /** Waits for the flights in progress; unread events stay in the log. */
  close: () => Promise<void>
  state: () => ConsumerState
}

export interface ConsumerState {
  lastDoneAt: string | undefined
  lastError: string | undefined
  /** Failures since the last success; the consumer waits longer after each. */
  failures: number
}

/**
 * Performs each event of the log, in the order of its stream, with one flight per stream at a time on all instances; a
 * flight carries several streams. The log is the queue; this process only remembers which streams to read.
 * `sql` is a separate pool, so that a consumer that hangs does not use up the connections of requests or other consumers.
 */
export function createConsumer(
  spec: ConsumerSpec,
  { sql, metrics, log }: { sql: Sql; metrics: Metrics; log: FastifyBaseLogger },
): Consumer {
  const queue = createStreamQueue(spec.lanes ?? [{ reads: spec.reads, kept: 0 }])
  const flights = new Set<Promise<void>>()
  const state: ConsumerState = { lastDoneAt: undefined, lastError: undefined, failures: 0 }
  const pause = createPause(BACKOFF, startFlights)
  const rest = createRest(spec.everyMs ?? 0, startFlights)
  let closed = false

  function wake(streams: Iterable<string>): void {
    queue.add(streams)
    startFlights()
  }

  function startFlights(): void {
    while (mayStart()) {
      const { failures } = state
      const boarded = queue.take({ streams: spec.batch, flights: spec.flights, failures })
      if (!boarded) return
      rest.begin()
      const ended = flight(boarded.streams).finally(() => {
        flights.delete(ended)
        queue.release(boarded)
        startFlights()
      })
      flights.add(ended)
    }
  }

  function mayStart(): boolean {
    // After a failure only one flight at a time is tried.
    const most = state.failures === 0 ? spec.flights : 1
    return !closed && !pause.isOn() && !rest.isOn() && flights.size < most
  }

  async function flight(streams: readonly string[]): Promise<void> {
    try {
      const { events, more } = await runFlight(sql, spec, streams)
      if (events > 0) state.lastDoneAt = new Date().toISOString()
      if (more) queue.add(streams)
      state.failures = 0
    } catch (error) {
      queue.add(streams)
      noteFailure(error)
      if (!closed) pause.begin(state.failures)
    }
  }

  function noteFailure(error: unknown): void {
    state.failures += 1
    state.lastError = describe(error)
    metrics.consumerFailures.inc({ consumer: spec.name, step: stepOf(error) })
    const { lastError: reason, failures } = state
    log.warn({ consumer: spec.name, reason, failures }, 'a consumer of the log failed')
  }

  async function close(): Promise<void> {
    closed = true
    pause.cancel()
    rest.cancel()
    await Promise.all(flights)
  }

  return { wake, close, state: () => ({ ...state }) }
}

function stepOf(error: unknown): 'database' | 'perform' {
  return error instanceof PerformFailed ? 'perform' : 'database'
}

/** The error's name, message and status only: an error of Pusher's SDK also has the signed URL. */
function describe(error: unknown): string {
  if (error instanceof PerformFailed) return describe(error.cause)
  if (!(error instanceof Error)) return String(error)
  const status = 'status' in error && typeof error.status === 'number' ? ` (${error.status})` : ''
  return `${error.name}: ${error.message}${status}`
}
