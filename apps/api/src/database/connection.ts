import postgres from 'postgres'
import { apiRole } from './api-role-name.ts'

export type Sql = postgres.Sql<{ bigint: number; time: string }>
/** The same inside a transaction. */
export type TransactionSql = postgres.TransactionSql<{ bigint: number; time: string }>

/** 10 s, in milliseconds; every version of Postgres knows this setting. */
export const STATEMENT_TIMEOUT = { statement_timeout: '10000' }
// The server cancels statements earlier than this, so one that has not responded by then is gone.
const ANSWER_TIMEOUT_SECONDS = 15
// Keeps firewalls from dropping idle connections, and detects a dead server before the next statement.
const KEEP_ALIVE_SECONDS = 30
// No transaction of ours is idle for this long unless its process is gone.
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 15_000

interface PoolOptions {
  applicationName: string
  maxConnections: number
  /** Postgres settings for these connections only. */
  settings?: Record<string, string>
  /** How long to wait for a silent server before closing the connection. */
  answerTimeoutSeconds?: number
}

export const CONNECT_TIMEOUT_SECONDS = 5
// The driver's own backoff grows to 20 s, during which requests would fail although Postgres is back.
const RECONNECT_FIRST_SECONDS = 0.02
const RECONNECT_MAX_SECONDS = 0.25

/**
 * Every statement either looks up keys or reads a whole table, so one plan fits all values. Lookups use the index even
 * on small tables: frequently updated rows leave dead versions behind, and a sequential scan reads them all. By default
 * Postgres plans statements with an array every time, which cost more than executing them.
 */
const PLANNING = { plan_cache_mode: 'force_generic_plan', enable_seqscan: 'off' }

/**
 * Settings the code relies on, whatever `alter role` or `alter database` says: a connection's own settings win.
 * Read-only mode is not overridden: an administrator who sets it means it.
 */
export const RELIED_ON: Readonly<Record<string, string>> = {
  // How values are written and read, by the api and by its SQL functions.
  DateStyle: 'ISO, MDY',
  IntervalStyle: 'postgres',
  TimeZone: 'UTC',
  bytea_output: 'hex',
  extra_float_digits: '1',
  standard_conforming_strings: 'on',
  transform_null_equals: 'off',
  array_nulls: 'on',
  // Where our tables are.
  search_path: 'public',
  // docs/realtime.md: a statement sees what was committed when it began, and a 201 is durable.
  default_transaction_isolation: 'read committed',
  synchronous_commit: 'on',
  ...STATEMENT_TIMEOUT,
  // The statement timeout covers lock waits too, and transactions are bounded by their statements. As text, because the
  // driver omits the number 0.
  lock_timeout: '0',
  transaction_timeout: '0',
  idle_session_timeout: '0',
  exit_on_error: 'off',
}

/** A pool of connections with the api's role (see grants.ts); `sql.end()` closes it. */
export function connect(databaseUrl: string, options: PoolOptions): Sql {
  return open(databaseUrl, options, {
    begin: { role: apiRole(databaseUrl), ...PLANNING },
    answerTimeoutSeconds: ANSWER_TIMEOUT_SECONDS,
  })
}

/** A pool with all rights of the database user, for migrations only, which have no time limit. */
export function connectAsOwner(databaseUrl: string, options: PoolOptions): Sql {
  return open(databaseUrl, options, { begin: {}, answerTimeoutSeconds: undefined })
}

function open(
  databaseUrl: string,
  options: PoolOptions,
  given: { begin: Record<string, string>; answerTimeoutSeconds: number | undefined },
): Sql {
  return postgres(databaseUrl, {
    max: options.maxConnections,
    connect_timeout: CONNECT_TIMEOUT_SECONDS,
    keep_alive: KEEP_ALIVE_SECONDS,
    answer_timeout: options.answerTimeoutSeconds ?? given.answerTimeoutSeconds,
    // A connection to a read-only server is closed, so that the next attempt may reach another server.
    target_session_attrs: 'read-write',
    backoff: (failures) => Math.min(RECONNECT_FIRST_SECONDS * 2 ** failures, RECONNECT_MAX_SECONDS),
    connection: {
      application_name: options.applicationName,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
      ...RELIED_ON,
      ...given.begin,
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
