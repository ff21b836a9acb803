import { nodeEnvironment } from '@conclave/client/node/node-environment'
import { loadRoom } from '@conclave/client/node/load-room'
import { createReplica, type Replica } from '@conclave/client/replica/replica'
import { epochOf, EVERYTHING } from '@conclave/client/replica/my-streams'
import { parseChannel } from '@conclave/shared/channels'
import type { Call } from '@conclave/shared/client'
import { listChanges } from '@conclave/shared/messages'
import { listPeople } from '@conclave/shared/people'
import { listRooms } from '@conclave/shared/rooms'
import { QueryClient } from '@tanstack/query-core'
import type { Published } from './data-envelopes.ts'
import type { Colleague } from './data-people.ts'

/** What one person's client holds, as the web's does. */
export interface Held {
  readonly person: Colleague
  readonly queryClient: QueryClient
}

/** The lists, and everything of these rooms as far as they are this person's. */
export async function fetchHeld(person: Colleague, roomIds: readonly string[]): Promise<Held> {
  const held: Held = { person, queryClient: new QueryClient() }
  await replicaOf(held, person.call).fetchMissing(new Set(['person', 'team'] as const))
  for (const id of roomIds) if (isMine(held, id)) await loadRoom({ ...held, call: person.call }, id)
  return held
}

/** The same once more, because what is held changes in its place. */
export function copyOf({ person, queryClient }: Held): Held {
  const copy = new QueryClient()
  for (const { queryKey, state } of queryClient.getQueryCache().getAll())
    copy.setQueryData(queryKey, state.data)
  return { person, queryClient: copy }
}

/** Everything that is held, by its keys. */
export function contentsOf({ queryClient }: Held): Record<string, unknown> {
  const queries = queryClient.getQueryCache().getAll()
  return Object.fromEntries(queries.map(({ queryHash, state }) => [queryHash, state.data]))
}

/** Takes what was published, as far as it reaches this person. To have to ask the server would prove nothing of folds. */
export function takeAll(held: Held, told: readonly Published[]): void {
  const replica = replicaOf(held, () => Promise.reject(new Error('An event asks for nothing')))
  for (const { channel: name, envelope } of told) {
    const channel = parseChannel(name)
    if (channel?.kind === 'person' && channel.personId !== held.person.id) continue
    if (channel?.kind === 'room' && !isMine(held, channel.roomId)) continue
    if (channel) replica.receive(channel, envelope)
  }
}

/** Asks for what was missed. Loading a page or members anew would prove nothing of catching up. */
export async function catchUpAll(held: Held): Promise<void> {
  const allowed = new Set<string>([listRooms.path, listPeople.path, listChanges.path])
  await replicaOf(held, async (endpoint, input) => {
    if (!allowed.has(endpoint.path)) throw new Error(`${endpoint.path} was asked for`)
    return held.person.call(endpoint, input)
  }).fetchMissing(new Set(EVERYTHING))
}

function replicaOf({ person, queryClient }: Held, call: Call): Replica {
  return createReplica({
    call,
    queryClient,
    environment: nodeEnvironment,
    myId: person.id,
    resync: (place) => {
      throw new Error(`Something of ${place} was missed`)
    },
  })
}

function isMine({ queryClient }: Held, roomId: string): boolean {
  return epochOf(queryClient, { kind: 'room', id: roomId }) !== undefined
}
