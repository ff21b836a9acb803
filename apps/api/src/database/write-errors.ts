// Appendix A of the PostgreSQL manual, and the codes of the driver and of Node for a lost connection.
/** The database is away, or on its way: connections that cannot be had, and a server that can do nothing now. */
const AWAY = [
  /^(CONNECT|CONNECTION)_/,
  /^E(CONN|PIPE|TIMEDOUT|NOTFOUND|AI_AGAIN|HOSTUNREACH|HOSTDOWN|NETUNREACH|NETDOWN)/,
  // Connection exceptions, a password or database that is not there any more, resources, shutdown, disk errors.
  /^08/,
  /^28/,
  /^3D000$/,
  /^53/,
  /^57P0/,
  /^58/,
  // It took too long: a statement, a lock, a transaction.
  /^57014$/,
  /^55P03$/,
  /^25P0[34]$/,
  // read_only_sql_transaction: what we write to has become somebody's copy.
  /^25006$/,
]
const RETRYABLE = [
  /^40(001|P01)$/,
  /^25006$/,
  /^08/,
  /^57P0[1-3]$/,
  /^CONNECTION_/,
  /^CONNECT_TIMEOUT$/,
  /^ECONN/,
  /^EPIPE$/,
]
const DATA = [/^22/, /^23/]
const CONFLICT = [/^40(001|P01)$/]

/** Thrown inside a transaction that found something changed under it: it is to be run again. */
export class Conflict extends Error {
  override readonly name = 'Conflict'
  readonly code = '40001'
}

/** Whether nothing is wrong with what was asked, and the database cannot answer it now. */
export function isDatabaseAway(error: unknown): boolean {
  return matches(error, AWAY)
}

/** Whether the same write may succeed a moment later. */
export function isRetryable(error: unknown): boolean {
  return matches(error, RETRYABLE)
}

/** Whether the connection was lost or could not be had: whoever waits behind this one would meet the same. */
export function isConnectionLost(error: unknown): boolean {
  return isRetryable(error) && !isConflict(error)
}

/** Whether two writers met, and the same write may succeed at once. */
export function isConflict(error: unknown): boolean {
  return matches(error, CONFLICT)
}

/** Whether it is what was written that the database refuses. */
export function isDataError(error: unknown): boolean {
  return matches(error, DATA)
}

function matches(error: unknown, shapes: RegExp[]): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false
  const code = String(error.code)
  return shapes.some((shape) => shape.test(code))
}
