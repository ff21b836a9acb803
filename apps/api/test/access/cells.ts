import { createClient } from '@conclave/shared/client'
import { truthful } from '../truthful.ts'
import { ENDPOINTS } from '@conclave/shared/endpoints'
import type { Harness } from '../harness.ts'
import { outcomeOf, withoutInstance } from '../data-people.ts'
import { ACTORS, type ActorName, type Cast, type Scene } from './cast.ts'
import { ROWS, type EndpointName, type Ids, type LetIn, type Outcome } from './rows.ts'

const TURNED_AWAY: Partial<Record<ActorName, Outcome>> = {
  nobody: 'not-signed-in',
  blocked: 'access-removed',
  signedOut: 'signed-out',
}

/** What should become of one actor's request. */
export function expected(name: EndpointName, ids: Ids, actor: ActorName): Outcome {
  const turnedAway = TURNED_AWAY[actor]
  if (turnedAway) return turnedAway
  const letIn = actor as LetIn
  const { ours, others = ours, crossed } = ROWS[name]
  if (ids === 'ours') return ours[letIn]
  if (ids === 'crossed' && crossed) return crossed[letIn]
  // The room that is theirs to everybody else is the outsider's own.
  if (ids === 'theirs' && letIn === 'outsider') return ours.owner
  return typeof others === 'string' ? others : others[letIn]
}

export interface Cell {
  outcome: Outcome
  /** The answer's bytes, without the one request's id. */
  body: string
}

/** Makes one actor's request, as it is on the wire. */
export async function attempt(
  { harness, cast, scene }: { harness: Harness; cast: Cast; scene: Scene },
  name: EndpointName,
  ids: Ids,
  actor: ActorName,
): Promise<Cell> {
  const input = ROWS[name].request({ cast, scene, ids })
  let body = ''
  const call = truthful(
    createClient({
      baseUrl: harness.url,
      token: async () => cast[actor].token,
      fetch: async (url, init) => {
        const response = await fetch(url, init)
        body = await response.text()
        const { status, ok, headers } = response
        return { status, ok, headers, text: async () => body }
      },
    }),
  )
  const outcome = await outcomeOf(call(ENDPOINTS[name], input as never)).catch((cause: unknown) => {
    throw new Error(`${name} as ${actor}, ids ${ids}, has no outcome`, { cause })
  })
  return { outcome, body: withoutInstance(body) }
}

export function changes(name: EndpointName): boolean {
  return ENDPOINTS[name].method !== 'GET'
}

/** Who is refused and who is not; the refused ask first, because they leave the scene as it was. */
export function split(name: EndpointName, ids: Ids) {
  const refused = ACTORS.filter((actor) => expected(name, ids, actor) !== 'done')
  return { refused, letIn: ACTORS.filter((actor) => !refused.includes(actor)) }
}
