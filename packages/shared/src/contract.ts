import { Type, type Static, type TSchema } from 'typebox'
import type { LimitName } from './limits.ts'
import type { ProblemSlug } from './problems.ts'
import { strict } from './shapes.ts'

/**
 * The declaration of an endpoint: Fastify validates by it, the client is typed by it, and OpenAPI is generated from it.
 */
export type EndpointDefinition = Described & (ForPeople | ForAnybody)

interface Described {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: `/${string}`
  readonly summary: string
  readonly tag: string
  readonly params?: TSchema
  readonly query?: TSchema
  readonly body?: TSchema
  readonly status: 200 | 201
  /** The status for a repeated request that has nothing left to do. */
  readonly repeatStatus?: 200
  readonly result: TSchema
  /** The problems it may answer, besides those of every endpoint (see `COMMON_PROBLEMS`). */
  readonly problems: readonly ProblemSlug[]
}

/** Needs a verified access token, and counts against a limit of its person. */
interface ForPeople {
  readonly access: 'person'
  readonly limit: LimitName
}

/** Public, so there is no person whose limit it could count against. */
interface ForAnybody {
  readonly access: 'public'
  readonly limit?: never
}

/** Declares one endpoint as a value. */
export function endpoint<const Definition extends EndpointDefinition>(
  definition: Definition,
): Definition {
  return definition
}

type Part<E, Key extends string> = E extends { readonly [K in Key]: infer Schema extends TSchema }
  ? Static<Schema>
  : undefined

export type Params<E> = Part<E, 'params'>
export type Query<E> = Part<E, 'query'>
export type Body<E> = Part<E, 'body'>
export type Result<E> = Part<E, 'result'>

/**
 * What a caller passes: exactly the parts that the endpoint declares, except for a query in which everything is
 * optional.
 */
export type Input<E> = {
  [Key in 'params' | 'query' | 'body' as Needed<E, Key>]: Part<E, Key>
} & {
  [Key in 'query' as Part<E, Key> extends undefined ? never : Key]?: Part<E, Key>
}

/** A query in which everything is optional may be omitted. */
type Needed<E, Key extends 'params' | 'query' | 'body'> =
  Part<E, Key> extends undefined
    ? never
    : Key extends 'query'
      ? object extends Part<E, Key>
        ? never
        : Key
      : Key

/** Declares one event: its past-tense name and the schema of its data. */
export function event<const Name extends string, Data extends TSchema>(name: Name, data: Data) {
  return Type.Object({ type: Type.Literal(name), data }, strict)
}
