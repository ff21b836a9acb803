import { Type } from 'typebox'

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const UUID_V7 = '[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'

/** Every id on the wire: a lower-case UUID (RFC 9562). */
export const Id = Type.String({ pattern: `^${UUID}$` })
/** An id made by a client: UUIDv7, so that new messages are next to each other in the index. */
export const ClientMadeId = Type.String({ pattern: `^${UUID_V7}$` })
export const UUID_PATTERN = UUID

/** A point in time on the wire: ISO 8601, UTC, milliseconds. */
export const Time = Type.String({
  pattern:
    '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3])(:[0-5]\\d){2}\\.\\d{3}Z$',
})
/** A position or revision: a safe integer. */
export const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
/** The same in a query string, where everything is text. */
export const CountText = Type.String({ pattern: '^(0|[1-9][0-9]{0,14})$' })
/** Up to `max` ids in a query string, separated by commas. */
export function IdsText({ max }: { max: number }) {
  return Type.String({ pattern: `^${UUID}(,${UUID}){0,${max - 1}}$` })
}
/** A page size in a query string: 1 to 100. */
export const LimitText = Type.String({ pattern: '^([1-9][0-9]?|100)$' })
/** Text that a person wrote: no NUL and no lone surrogate, which databases and other clients do not preserve. */
export const WRITTEN_PATTERN = '^[^\\u0000\\ud800-\\udfff]*$'
