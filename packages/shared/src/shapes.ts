import { Type, type Static, type TSchema } from 'typebox'

/** Unknown fields are refused everywhere, never dropped. */
export const strict = { additionalProperties: false } as const

/**
 * The same shape as a reader takes it: with fields it does not know. What is sent is strict, what is read is tolerant, so
 * that a page that is older than the server goes on reading.
 */
export function tolerant<Schema extends TSchema>(schema: Schema): Schema {
  return withoutStrict(schema) as Schema
}

function withoutStrict(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withoutStrict)
  if (typeof part !== 'object' || part === null) return part
  return Object.fromEntries(
    Object.entries(part)
      .filter(([name, value]) => !(name === 'additionalProperties' && value === false))
      .map(([name, value]) => [name, withoutStrict(value)]),
  )
}

/** Values by their names. `Type.Record` would bring the browser all that typebox computes types with. */
export function byName<Value extends TSchema>(value: Value) {
  return Type.Unsafe<Record<string, Static<Value>>>({ type: 'object', additionalProperties: value })
}
