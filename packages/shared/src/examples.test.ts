import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import type { EndpointDefinition } from './contract.ts'
import { ENDPOINTS } from './endpoints.ts'
import { PersonEvent, RoomEvent, TeamEvent } from './events.ts'
import type { Example } from './examples.ts'

declare global {
  interface ImportMeta {
    /** Vite's: every module that fits, so that the examples of a new feature need no line here. */
    glob: <Module>(pattern: string | string[], options: { eager: true }) => Record<string, Module>
  }
}

const exported = Object.values(
  import.meta.glob<Record<string, unknown>>('./*.examples.ts', { eager: true }),
).flatMap((module) => Object.entries(module))
const examples = named<Record<string, Example>>(/_EXAMPLES$/).flatMap((some) =>
  Object.entries(some),
)
const events = named<{ type: string }[]>(/_EVENTS$/).flat()

function named<Value>(name: RegExp): Value[] {
  return exported.filter(([key]) => name.test(key)).map(([, value]) => value as Value)
}

describe.each(examples)('%s', (_, { schema, valid, invalid }) => {
  it('takes its valid examples', () => {
    expect(valid.length).toBeGreaterThan(0)
    for (const value of valid) expect([...Value.Errors(schema, value)]).toEqual([])
  })

  it.each(Object.entries(invalid))('refuses %s', (_, value) => {
    expect(Value.Check(schema, value)).toBe(false)
  })
})

const bodies = Object.entries<EndpointDefinition>(ENDPOINTS).filter(([, { body }]) => body)

it.each(bodies)('the body of %s has an example', (_, { body }) => {
  expect(examples.filter(([, { schema }]) => schema === body)).toHaveLength(1)
})

const UNIONS = { 'a room': RoomEvent, 'the team': TeamEvent, 'a person': PersonEvent }
const declared = Object.values(UNIONS).flatMap(({ anyOf }) =>
  anyOf.map(({ properties }) => properties.type.const),
)

it('each event has an example, and each example an event', () => {
  expect(events.map(({ type }) => type).toSorted()).toEqual(declared.toSorted())
})

describe.each(Object.entries(UNIONS))('of the events of %s', (_, schema) => {
  const types = new Set<string>(schema.anyOf.map(({ properties }) => properties.type.const))

  it.each(events.filter(({ type }) => types.has(type)))('$type is taken as it is', (event) => {
    expect(Value.Check(schema, event)).toBe(true)
    expect(Value.Check(schema, { ...event, type: 'nobody.knows' })).toBe(false)
    expect(Value.Check(schema, { ...event, data: null })).toBe(false)
    expect(Value.Check(schema, { ...event, by: 'somebody' })).toBe(false)
  })
})
