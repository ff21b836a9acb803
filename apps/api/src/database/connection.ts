import postgres from 'postgres'
import { apiRole } from './api-role.ts'

export type Sql = postgres.Sql<{ bigint: number; time: string }>
/** The same inside a transaction. */
export type TransactionSql = postgres.TransactionSql<{ bigint: number; time: string }>

const STATEMENT_TIMEOUT_MS = 10_000
// A transaction waits for nothing of ours longer than this; one that does has lost its process.
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 15_000

interface PoolOptions {
  applicationName: string
  maxConnections: number
  /** Settings of Postgres for these connections alone. */
  settings?: Record<string, string>
}

// The driver's own waits grow to 20 s, and nobody is answered so long after Postgres is back.
const RECONNECT_FIRST_SECONDS = 0.02
const RECONNECT_MAX_SECONDS = 0.25

/**
 * Every statement of ours goes by keys or takes a table whole, so one plan fits all values, and it goes by the index, also while a table is
 * small: rows that are rewritten all the time leave old versions behind, and a scan reads every one of them. Left to
 * itself Postgres plans a statement with an array in it anew each time, which cost more than carrying it out.
 */
const PLANNING = { plan_cache_mode: 'force_generic_plan', enable_seqscan: 'off' }

/** A pool of connections that may do what the api may (see grants.ts); `sql.end()` closes it. */
export function connect(databaseUrl: string, options: PoolOptions): Sql {
  return open(databaseUrl, options, { role: apiRole(databaseUrl), ...PLANNING })
}

/** With all rights of the database's user: to change what tables there are, and nothing else. */
export function connectAsOwner(databaseUrl: string, options: PoolOptions): Sql {
  return open(databaseUrl, options, {})
}

function open(databaseUrl: string, options: PoolOptions, begin: Record<string, string>): Sql {
  return postgres(databaseUrl, {
    max: options.maxConnections,
    connect_timeout: 5,
    backoff: (failures) => Math.min(RECONNECT_FIRST_SECONDS * 2 ** failures, RECONNECT_MAX_SECONDS),
    connection: {
      application_name: options.applicationName,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
      TimeZone: 'UTC',
      ...begin,
      ...options.settings,
    },
    onnotice: () => {},
    types: {
      bigint: { to: 20, from: [20], serialize: String, parse: wholeNumber },
      time: { to: 1184, from: [1184], serialize: String, parse: wireTime },
    },
  })
}

function wholeNumber(text: string): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number)) throw new RangeError(`${text} is not a safe integer`)
  return number
}

function wireTime(text: string): string {
  return new Date(text).toISOString()
}
