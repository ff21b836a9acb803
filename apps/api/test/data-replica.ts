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

/** One person’s replica, as the web has it. */
export interface ClientData {
  readonly person: Colleague
  readonly queryClient: QueryClient
}

/** A fresh load of the lists, and of these rooms if they are this person’s. */
export async function fetchReplica(
  person: Colleague,
  roomIds: readonly string[],
): Promise<ClientData> {
  const client: ClientData = { person, queryClient: new QueryClient() }
  await replicaOf(client, person.call).fetchMissing(new Set(['person', 'team'] as const))
  for (const id of roomIds)
    if (isMine(client, id)) await loadRoom({ ...client, call: person.call }, id)
  return client
}

/** A copy, because a replica is changed in place. */
export function copyOf({ person, queryClient }: ClientData): ClientData {
  const copy = new QueryClient()
  for (const { queryKey, state } of queryClient.getQueryCache().getAll())
    copy.setQueryData(queryKey, state.data)
  return { person, queryClient: copy }
}

/** Everything in the replica, by its keys. */
export function contentsOf({ queryClient }: ClientData): Record<string, unknown> {
  const queries = queryClient.getQueryCache().getAll()
  return Object.fromEntries(queries.map(({ queryHash, state }) => [queryHash, state.data]))
}

/** Handles published events that reach this person. Any request fails the test: it would prove nothing about the folds. */
export function receiveAll(client: ClientData, published: readonly Published[]): void {
  const replica = replicaOf(client, () => Promise.reject(new Error('An event asks for nothing')))
  for (const { channel: name, envelope } of published) {
    const channel = parseChannel(name)
    if (channel?.kind === 'person' && channel.personId !== client.person.id) continue
    if (channel?.kind === 'room' && !isMine(client, channel.roomId)) continue
    if (channel) replica.receive(channel, envelope)
  }
}

/** Catches up. Loading a page or members fails the test: it would prove nothing about catching up. */
export async function catchUpAll(client: ClientData): Promise<void> {
  const allowed = new Set<string>([listRooms.path, listPeople.path, listChanges.path])
  await replicaOf(client, async (endpoint, input) => {
    if (!allowed.has(endpoint.path)) throw new Error(`${endpoint.path} was asked for`)
    return client.person.call(endpoint, input)
  }).fetchMissing(new Set(EVERYTHING))
}

function replicaOf({ person, queryClient }: ClientData, call: Call): Replica {
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

function isMine({ queryClient }: ClientData, roomId: string): boolean {
  return epochOf(queryClient, { kind: 'room', id: roomId }) !== undefined
}
