import { Type, type Static, type TSchema } from 'typebox'

/** Unknown fields are refused, never dropped. */
export const strict = { additionalProperties: false } as const

/**
 * The same shape for reading, where unknown fields are allowed. What is sent is checked strictly and what is read
 * tolerantly, so that a page older than the server keeps working.
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

/** An object with any names and values of one type. `Type.Record` would add much of typebox to the browser bundle. */
export function byName<Value extends TSchema>(value: Value) {
  return Type.Unsafe<Record<string, Static<Value>>>({ type: 'object', additionalProperties: value })
}
