import postgres from 'postgres'
import { apiRole } from './api-role-name.ts'

export type Sql = postgres.Sql<{ bigint: number; time: string }>
/** The same inside a transaction. */
export type TransactionSql = postgres.TransactionSql<{ bigint: number; time: string }>

const STATEMENT_TIMEOUT_MS = 10_000
// The server itself ends a statement before this: one that then says nothing is gone without a word.
const ANSWER_TIMEOUT_SECONDS = 15
// So that a firewall forgets nobody, and a server that is gone is missed before it is asked.
const KEEP_ALIVE_SECONDS = 30
// A transaction waits for nothing of ours longer than this; one that does has lost its process.
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 15_000

interface PoolOptions {
  applicationName: string
  maxConnections: number
  /** Settings of Postgres for these connections alone. */
  settings?: Record<string, string>
  /** After how long a server that says nothing is given up. */
  answerTimeoutSeconds?: number
}

export const CONNECT_TIMEOUT_SECONDS = 5
// The driver's own waits grow to 20 s, and nobody is answered so long after Postgres is back.
const RECONNECT_FIRST_SECONDS = 0.02
const RECONNECT_MAX_SECONDS = 0.25

/**
 * Every statement of ours goes by keys or takes a table whole, so one plan fits all values, and it goes by the index, also while a table is
 * small: rows that are rewritten all the time leave old versions behind, and a scan reads every one of them. Left to
 * itself Postgres plans a statement with an array in it anew each time, which cost more than carrying it out.
 */
const PLANNING = { plan_cache_mode: 'force_generic_plan', enable_seqscan: 'off' }

/**
 * What the code relies on, whatever `alter role` or `alter database` says: a connection's own settings win. Whether
 * somebody may write is not among it: who makes a database read-only means it.
 */
export const RELIED_ON: Readonly<Record<string, string>> = {
  // How values are written and read, by us and by functions of ours.
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
  // Who waits for a lock waits as long as a statement may take; transactions are bounded by what they wait for.
  // As text: the driver leaves out what is the number 0.
  lock_timeout: '0',
  transaction_timeout: '0',
  idle_session_timeout: '0',
  exit_on_error: 'off',
}

/** A pool of connections that may do what the api may (see grants.ts); `sql.end()` closes it. */
export function connect(databaseUrl: string, options: PoolOptions): Sql {
  return open(databaseUrl, options, {
    begin: { role: apiRole(databaseUrl), ...PLANNING },
    answerTimeoutSeconds: ANSWER_TIMEOUT_SECONDS,
  })
}

/**
 * With all rights of the database's user: to change what tables there are, and nothing else. A migration takes as long
 * as it takes.
 */
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
    // A connection that met a server where nothing can be written is given up, for the next to meet another.
    target_session_attrs: 'read-write',
    backoff: (failures) => Math.min(RECONNECT_FIRST_SECONDS * 2 ** failures, RECONNECT_MAX_SECONDS),
    connection: {
      application_name: options.applicationName,
      statement_timeout: STATEMENT_TIMEOUT_MS,
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
