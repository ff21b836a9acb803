// Appendix A of the PostgreSQL manual, and the codes of the driver and of Node for a lost connection.
/** The database is unreachable, starting or stopping, or cannot work now, or no longer with this release. */
const AWAY = [
  /^(CONNECT|CONNECTION)_/,
  /^E(CONN|PIPE|TIMEDOUT|NOTFOUND|AI_AGAIN|HOSTUNREACH|HOSTDOWN|NETUNREACH|NETDOWN)/,
  // Connection exceptions, a changed password or missing database, resources, shutdown, disk errors.
  /^08/,
  /^28/,
  /^3D000$/,
  /^53/,
  /^57P0/,
  /^58/,
  // Timeouts of a statement, a lock, a transaction.
  /^57014$/,
  /^55P03$/,
  /^25P0[34]$/,
  // read_only_sql_transaction: the server has become a standby.
  /^25006$/,
  // A table, column or function is missing: a later release has migrated the database, and takes this one's place.
  /^42(P01|703|883)$/,
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

/** Whether the database cannot answer now, and the request itself is fine. */
export function isDatabaseAway(error: unknown): boolean {
  return matches(error, AWAY)
}

/** Whether the same write may succeed on a retry. */
export function isRetryable(error: unknown): boolean {
  return matches(error, RETRYABLE)
}

/** Whether the connection failed, so that queued writes would fail the same way. */
export function isConnectionLost(error: unknown): boolean {
  return isRetryable(error) && !isConflict(error)
}

/** Whether two writes conflicted, so that an immediate retry may succeed. */
export function isConflict(error: unknown): boolean {
  return matches(error, CONFLICT)
}

/** Whether the database refused the data itself. */
export function isDataError(error: unknown): boolean {
  return matches(error, DATA)
}

function matches(error: unknown, shapes: RegExp[]): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false
  const code = String(error.code)
  return shapes.some((shape) => shape.test(code))
}
