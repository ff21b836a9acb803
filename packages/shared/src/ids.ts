import { Type } from 'typebox'

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const UUID_V7 = '[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'

/** Any id that leaves the server: a lower-case UUID (RFC 9562). */
export const Id = Type.String({ pattern: `^${UUID}$` })
/** An id a client makes: UUIDv7, so that stored messages stay near each other. */
export const ClientMadeId = Type.String({ pattern: `^${UUID_V7}$` })
export const UUID_PATTERN = UUID

/** A point in time on the wire: ISO 8601, UTC, milliseconds. */
export const Time = Type.String({
  pattern:
    '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3])(:[0-5]\\d){2}\\.\\d{3}Z$',
})
/** A position or revision; a whole number that JavaScript holds exactly. */
export const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
/** The same in a query string, where everything is text and nothing is coerced. */
export const CountText = Type.String({ pattern: '^(0|[1-9][0-9]{0,14})$' })
/** How many, in a query string: 1 to 100. */
export const LimitText = Type.String({ pattern: '^([1-9][0-9]?|100)$' })
/** Text a person wrote: no NUL and no lone surrogate, which no database or peer keeps intact. */
export const WRITTEN_PATTERN = '^[^\\u0000\\ud800-\\udfff]*$'
