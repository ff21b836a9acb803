import type { FastifyBaseLogger } from 'fastify'
import type { Sql } from '../database/connection.ts'
import type { Metrics } from '../metrics.ts'
import { createPause } from '../waiting/pause.ts'
import { createBoarding } from './boarding.ts'
import { fly, PerformFailed, type ConsumerSpec } from './flight.ts'

const BACKOFF = { firstMs: 100, maxMs: 5_000 }

export interface Consumer {
  /** Says that these streams have events, after they are committed. */
  wake: (streams: Iterable<string>) => void
  /** Ends the flights in progress; what is left stays in the log. */
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
 * Does something with each event of the log, per stream in order and one flight at a time on all instances; a flight carries
 * several streams.
 * The log is the queue; here is only remembered which streams to look at.
 * `sql` is a pool of its own, so that a consumer that hangs never takes the connections of requests or of another.
 */
export function createConsumer(
  spec: ConsumerSpec,
  { sql, metrics, log }: { sql: Sql; metrics: Metrics; log: FastifyBaseLogger },
): Consumer {
  const boarding = createBoarding()
  const flights = new Set<Promise<void>>()
  const state: ConsumerState = { lastDoneAt: undefined, lastError: undefined, failures: 0 }
  const pause = createPause(BACKOFF, depart)
  let closed = false

  function wake(streams: Iterable<string>): void {
    boarding.add(streams)
    depart()
  }

  function depart(): void {
    while (mayDepart()) {
      const streams = boarding.take(spec.batch)
      if (streams.length === 0) return
      const ended = flight(streams).finally(() => {
        flights.delete(ended)
        boarding.release(streams)
        depart()
      })
      flights.add(ended)
    }
  }

  function mayDepart(): boolean {
    // After a failure one flight at a time finds out whether it works again.
    const most = state.failures === 0 ? spec.flights : 1
    return !closed && !pause.isOn() && flights.size < most
  }

  async function flight(streams: readonly string[]): Promise<void> {
    try {
      const { events, more } = await fly(sql, spec, streams)
      if (events > 0) state.lastDoneAt = new Date().toISOString()
      if (more) boarding.add(streams)
      state.failures = 0
    } catch (error) {
      boarding.add(streams)
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
    await Promise.all(flights)
  }

  return { wake, close, state: () => ({ ...state }) }
}

function stepOf(error: unknown): 'database' | 'perform' {
  return error instanceof PerformFailed ? 'perform' : 'database'
}

/** What it was, without what else an error of a vendor's SDK carries: Pusher's has the signed address. */
function describe(error: unknown): string {
  if (error instanceof PerformFailed) return describe(error.cause)
  if (!(error instanceof Error)) return String(error)
  const status = 'status' in error && typeof error.status === 'number' ? ` (${error.status})` : ''
  return `${error.name}: ${error.message}${status}`
}
