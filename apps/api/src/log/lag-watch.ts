import type { FastifyBaseLogger } from 'fastify'
import type { Sql } from '../database/connection.ts'
import type { Metrics } from '../metrics.ts'
import { readLag, type Lag } from './log.store.ts'

const LOOK_EVERY_MS = 1_000
/** The cost of a look grows with the number of streams; looks take at most this share of the time. */
const BUSY_SHARE = 1 / 20
/** Younger events are being handled by the process that wrote them. */
const LEFT_BEHIND_SECONDS = 2

/** What a consumer had not read yet at the last look. */
export interface ConsumerLag {
  waiting: number
  oldestSeconds: number
}

export interface LagWatch {
  /** By the consumer's name, also of those that do not run here; undefined while the database cannot answer. */
  lag: () => ReadonlyMap<string, ConsumerLag> | undefined
  close: () => Promise<void>
}

/**
 * Reads every second how far each consumer is behind, in one query for all: for the metrics, and to find events that were
 * left unread because an instance died or a wake was lost.
 */
export function watchLag(options: {
  sql: Sql
  metrics: Metrics
  log: FastifyBaseLogger
  onLeftBehind: (consumer: string, streams: readonly string[]) => void
}): LagWatch {
  const { sql, metrics, log, onLeftBehind } = options
  let latest: ReadonlyMap<string, ConsumerLag> | undefined
  let closed = false
  let looking: Promise<void> | undefined
  let timer = setTimeout(again, LOOK_EVERY_MS)

  function again(): void {
    const beganAt = performance.now()
    looking = look().finally(() => {
      const tookMs = performance.now() - beganAt
      if (!closed) timer = setTimeout(again, Math.max(LOOK_EVERY_MS, tookMs / BUSY_SHARE))
    })
  }

  async function look(): Promise<void> {
    try {
      const rows = await readLag(sql)
      latest = sumUp(rows)
      for (const [consumer, streams] of leftBehind(rows)) onLeftBehind(consumer, streams)
    } catch (error) {
      latest = undefined
      metrics.logLooksFailed.inc()
      log.warn({ err: error }, 'the lag of the consumers could not be read')
    }
  }

  async function close(): Promise<void> {
    closed = true
    clearTimeout(timer)
    await looking
  }

  return { lag: () => latest, close }
}

function sumUp(rows: readonly Lag[]): ReadonlyMap<string, ConsumerLag> {
  const sums = new Map<string, ConsumerLag>()
  for (const { consumer, waiting, oldestSeconds } of rows) {
    const sum = sums.get(consumer) ?? { waiting: 0, oldestSeconds: 0 }
    sums.set(consumer, {
      waiting: sum.waiting + waiting,
      oldestSeconds: Math.max(sum.oldestSeconds, oldestSeconds),
    })
  }
  return sums
}

function leftBehind(rows: readonly Lag[]): ReadonlyMap<string, string[]> {
  const left = new Map<string, string[]>()
  for (const { consumer, stream, oldestSeconds } of rows) {
    if (stream === null || oldestSeconds < LEFT_BEHIND_SECONDS) continue
    const streams = left.get(consumer)
    if (streams) streams.push(stream)
    else left.set(consumer, [stream])
  }
  return left
}
