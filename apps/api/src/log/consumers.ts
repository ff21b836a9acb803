import type { FastifyBaseLogger } from 'fastify'
import { connect, type Sql } from '../database/connection.ts'
import type { Metrics } from '../metrics.ts'
import { createConsumer, type Consumer, type ConsumerState } from './consumer.ts'
import { TIMEOUT_MAX_MS, type ConsumerSpec } from './flight.ts'
import { watchLag, type ConsumerLag, type LagWatch } from './lag-watch.ts'
import { registerConsumer } from './log.store.ts'
import { parseStream } from './streams.ts'

/** If a crash loses a flight's writes, the flight is repeated, which consumers allow. */
const SETTINGS = { synchronous_commit: 'off' }
const CLOSE_SECONDS = 5

/** For a consumer that does not run in this process only its lag is known. */
type ConsumerReport = Partial<ConsumerState & ConsumerLag>

/** The consumers of the log that run in this process. */
export interface Consumers {
  /** Registers the consumer and runs it in this process; the migrations must have run. */
  start: (spec: ConsumerSpec) => Promise<void>
  /** Reports, after the commit, that these streams have new events. */
  wake: (streams: Iterable<string>) => void
  /** By the consumer's name; includes those that are registered and do not run here. */
  report: () => Readonly<Record<string, ConsumerReport>>
  /** Waits for the flights in progress; unread events stay in the log. */
  close: () => Promise<void>
}

interface Running {
  consumer: Consumer
  reads: ReadonlySet<string>
  sql: Sql
}

/** Each consumer has a separate pool of connections, so that none waits for another. */
export function createConsumers(options: {
  databaseUrl: string
  metrics: Metrics
  log: FastifyBaseLogger
}): Consumers {
  const { databaseUrl, metrics, log } = options
  const running = new Map<string, Running>()
  const ownSql = connect(databaseUrl, { applicationName: 'conclave-log', maxConnections: 1 })
  let watch: LagWatch | undefined

  async function start(spec: ConsumerSpec): Promise<void> {
    const { name, reads, timeoutMs } = spec
    if (timeoutMs > TIMEOUT_MAX_MS) throw new RangeError(`${name} may take ${TIMEOUT_MAX_MS} ms`)
    if (running.has(name)) throw new Error(`The consumer ${name} runs here already`)
    await registerConsumer(ownSql, name, reads)
    const sql = connect(databaseUrl, {
      applicationName: `conclave-${name}`,
      maxConnections: spec.flights,
      settings: SETTINGS,
    })
    const consumer = createConsumer(spec, { sql, metrics, log })
    running.set(name, { consumer, reads: new Set(reads), sql })
    watch ??= watchLag({ sql: ownSql, metrics, log, onLeftBehind })
  }

  function onLeftBehind(name: string, streams: readonly string[]): void {
    running.get(name)?.consumer.wake(streams)
  }

  function wake(streams: Iterable<string>): void {
    const woken = [...streams]
    for (const { consumer, reads } of running.values())
      consumer.wake(woken.filter((stream) => reads.has(parseStream(stream).kind)))
  }

  function report(): Record<string, ConsumerReport> {
    const lag = watch?.lag()
    const names = new Set([...running.keys(), ...(lag?.keys() ?? [])])
    return Object.fromEntries(
      [...names].map((name) => [
        name,
        { ...running.get(name)?.consumer.state(), ...lag?.get(name) },
      ]),
    )
  }

  async function close(): Promise<void> {
    await watch?.close()
    await Promise.all([...running.values()].map(async ({ consumer }) => consumer.close()))
    const pools = [ownSql, ...[...running.values()].map(({ sql }) => sql)]
    await Promise.all(pools.map(async (pool) => pool.end({ timeout: CLOSE_SECONDS })))
  }

  return { start, wake, report, close }
}
