// Appendix A of the PostgreSQL manual, and the codes of the driver and of Node for a lost connection.
const RETRYABLE = [
  /^40(001|P01)$/,
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

/** Whether the same write may succeed a moment later. */
export function isRetryable(error: unknown): boolean {
  return matches(error, RETRYABLE)
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
