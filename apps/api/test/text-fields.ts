import type { EndpointDefinition } from '@conclave/shared/contract'
import { ENDPOINTS } from '@conclave/shared/endpoints'
import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { v7 } from 'uuid'
import { NOWHERE } from './data-rooms.ts'

export interface TextField {
  endpoint: EndpointDefinition
  part: 'params' | 'query' | 'body'
  field: string
}

interface ObjectSchema {
  properties: Record<string, TSchema>
  required?: string[]
}

const A_SENTENCE = 'Hello there, wherever you are'

/** Every field of the contract that takes text, new ones included. */
export function textFields(): [name: string, field: TextField][] {
  return Object.entries<EndpointDefinition>(ENDPOINTS).flatMap(([name, endpoint]) =>
    (['query', 'body'] as const).flatMap((part) =>
      Object.entries(propertiesOf(endpoint[part]))
        .filter(([, schema]) => Value.Check(schema, A_SENTENCE))
        .map(([field]): [string, TextField] => [`${name}, ${field}`, { endpoint, part, field }]),
    ),
  )
}

/** Every field of the contract, at any depth. */
export function allFields(): [name: string, field: TextField][] {
  return Object.entries<EndpointDefinition>(ENDPOINTS).flatMap(([name, endpoint]) =>
    (['params', 'query', 'body'] as const).flatMap((part) =>
      Object.keys(propertiesOf(endpoint[part])).map((field): [string, TextField] => [
        `${name}, ${field}`,
        { endpoint, part, field },
      ]),
    ),
  )
}

/** A request with this value there; `ids` are what its address and its other fields may name. */
export function requestWith(
  { endpoint, part, field }: TextField,
  value: unknown,
  ids: Record<string, string>,
): { method: string; path: string; body?: object } {
  const { method, path, query, body } = endpoint
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const at = path.replaceAll(/:(\w+)/g, (_, name: string) =>
    part === 'params' && name === field ? encodeURIComponent(text) : named(ids, name),
  )
  const asked = new URLSearchParams({
    ...(sample(query, ids) as Record<string, string>),
    ...(part === 'query' ? { [field]: text } : {}),
  })
  const sent = { ...sample(body, ids), ...(part === 'body' ? { [field]: value } : {}) }
  return {
    method,
    path: asked.size > 0 ? `${at}?${asked.toString()}` : at,
    ...(body ? { body: sent } : {}),
  }
}

/** A request that the contract accepts, with only the required fields. */
export function sampleInput(
  { params, query, body }: EndpointDefinition,
  ids: Record<string, string>,
): { params: object; query: object; body?: object } {
  return {
    params: sample(params, ids),
    query: sample(query, ids),
    ...(body ? { body: sample(body, ids) } : {}),
  }
}

/** The required fields, with any valid value. */
function sample(schema: TSchema | undefined, ids: Record<string, string>): object {
  const { required = [], properties } = { properties: {}, ...(schema as ObjectSchema | undefined) }
  return Object.fromEntries(
    required.map((name) => [name, sampleOf(name, properties[name] ?? {}, ids)]),
  )
}

function sampleOf(name: string, schema: TSchema, ids: Record<string, string>): unknown {
  const {
    anyOf = [],
    examples = [],
    items,
  } = schema as { anyOf?: { const?: unknown }[]; examples?: unknown[]; items?: TSchema }
  const literals = anyOf.map((option) => option.const)
  const own = [ids[name], ...examples, ...literals]
  const candidates = [...own, v7(), [v7()], A_SENTENCE, '1', '1.1', 0, true, [sample(items, ids)]]
  const fitting = candidates.find((candidate) => Value.Check(schema, candidate))
  if (fitting === undefined) throw new Error(`text-fields.ts knows no value for ${name}`)
  return fitting
}

/** What the test has none of is asked for all the same, as what is not there. */
function named(ids: Record<string, string>, name: string): string {
  return encodeURIComponent(ids[name] ?? NOWHERE)
}

function propertiesOf(schema: TSchema | undefined): Record<string, TSchema> {
  return (schema as ObjectSchema | undefined)?.properties ?? {}
}
