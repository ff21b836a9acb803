import { HINTS } from './hints.ts'
import { RELAY } from './relay.ts'

/**
 * The consumers of the log that publish. Whoever raises an epoch waits for the flights of all of them (landing.ts), so
 * each needs a `timeoutMs` of at most `FLIGHT_TIMEOUT_MS`.
 */
export const PUBLISHERS: readonly string[] = [RELAY, HINTS]
