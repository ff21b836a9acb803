import type { EndpointDefinition, Input, Result } from './contract.ts'
import type { Problem, ProblemSlug } from './problems.ts'

/** The part of the platform's `fetch` that the client needs; passed in, because this package has no platform types. */
export type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body?: string },
) => Promise<{
  status: number
  ok: boolean
  text(): Promise<string>
  headers: { get(name: string): string | null }
}>

const PROBLEM_TYPE = /^\/problems\/([a-z-]+)$/

/** A problem document from the api. Switch on `slug`; that of a newer api may be none of those known here. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly slug: ProblemSlug
  readonly problem: Problem
  /** Seconds from `Retry-After`, if there was one. */
  readonly retryAfterSeconds: number | undefined

  constructor(slug: ProblemSlug, problem: Problem, retryAfterSeconds?: number) {
    super(problem.detail ?? problem.title)
    this.slug = slug
    this.problem = problem
    this.retryAfterSeconds = retryAfterSeconds
  }
}

export type Call = <E extends EndpointDefinition>(
  endpoint: E,
  input: Input<E>,
) => Promise<Result<E>>

/**
 * A typed client of the api: the same endpoints that the server validates by. Rejects with `ProblemError` for a problem
 * document, and with whatever `fetch` rejects with when there is no response.
 */
export function createClient(options: {
  baseUrl: string
  fetch: Fetch
  /** A fresh access token for each call. */
  token: () => Promise<string>
}): Call {
  return async (endpoint, input) => {
    const { params, query, body } = input as {
      params?: Record<string, string>
      query?: Record<string, string | undefined>
      body?: unknown
    }
    const response = await options.fetch(
      options.baseUrl + fillPath(endpoint.path, params) + queryString(query),
      {
        method: endpoint.method,
        headers: {
          authorization: `Bearer ${await options.token()}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      },
    )
    const text = await response.text()
    if (!response.ok) throw toProblemError(response, text)
    return JSON.parse(text) as Result<typeof endpoint>
  }
}

function fillPath(path: string, params: Record<string, string> = {}): string {
  return path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
}

function queryString(query: Record<string, string | undefined> = {}): string {
  const pairs = Object.entries(query)
    .filter((pair): pair is [string, string] => pair[1] !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

function toProblemError(
  response: { status: number; headers: { get(name: string): string | null } },
  text: string,
): ProblemError {
  const problem = parseProblem(text)
  const retryAfter = Number(response.headers.get('retry-after') ?? undefined)
  const [, slug] = PROBLEM_TYPE.exec(problem.type) ?? []
  if (isSlug(slug) && problem.status === response.status)
    return new ProblemError(slug, problem, Number.isFinite(retryAfter) ? retryAfter : undefined)
  // A response from a proxy or a broken server, not from the api.
  return new ProblemError('unavailable', {
    type: '/problems/unavailable',
    title: `The server answered ${response.status}`,
    status: response.status,
    instance: '',
  })
}

/** Not compared with the list: a newer api may have a problem that this client does not know. */
function isSlug(slug: string | undefined): slug is ProblemSlug {
  return slug !== undefined
}

function parseProblem(text: string): Problem {
  try {
    return (JSON.parse(text) ?? {}) as Problem
  } catch {
    return {} as Problem
  }
}
