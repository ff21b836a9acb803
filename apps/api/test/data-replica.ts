import { nodeEnvironment } from '@conclave/client/node/node-environment'
import { loadRoom } from '@conclave/client/node/load-room'
import { PEOPLE_KEY } from '@conclave/client/keys/people.keys'
import { ROOMS_KEY } from '@conclave/client/keys/rooms.keys'
import { WORKSPACE_KEY } from '@conclave/client/keys/workspace.keys'
import { withPeople } from '@conclave/client/node/with-people'
import { createReplica, type Replica } from '@conclave/client/replica/replica'
import { epochOf, EVERYTHING } from '@conclave/client/replica/my-streams'
import { parseChannel } from '@conclave/shared/channels'
import type { Call } from '@conclave/shared/client'
import { listChanges, type Message } from '@conclave/shared/messages'
import { getPeople, listPeopleChanges } from '@conclave/shared/people'
import type { HeldPeople } from '@conclave/shared/people.fold'
import { lookAtRooms, type Rooms } from '@conclave/shared/rooms'
import { getWorkspace } from '@conclave/shared/workspace'
import { QueryClient } from '@tanstack/query-core'
import type { Published } from './data-envelopes.ts'
import type { Colleague } from './data-people.ts'

/** One person’s replica, as the web has it. */
export interface ClientData {
  readonly person: Colleague
  readonly queryClient: QueryClient
  /** The ids of the people whom it shows. */
  readonly shown: readonly string[]
}

/** A first look, and a load of these rooms if they are this person’s, of these people, and of quotes of these messages. */
export async function fetchReplica(
  person: Colleague,
  roomIds: readonly string[],
  shown: readonly string[] = [person.id],
  quoted: readonly Pick<Message, 'id' | 'roomId'>[] = [],
): Promise<ClientData> {
  const client: ClientData = { person, queryClient: new QueryClient(), shown }
  const { call, people, replica } = openReplica(client, person.call)
  await replica.fetchMissing(new Set(['person', 'team'] as const))
  for (const id of roomIds) {
    const quotes = quoted.filter(({ roomId }) => roomId === id)
    if (isMine(client, id))
      await loadRoom(
        { ...client, call },
        id,
        quotes.map((message) => message.id),
      )
  }
  for (const asked of await people.ask(shown)) people.keep(asked)
  client.queryClient.setQueryData(WORKSPACE_KEY, await call(getWorkspace, {}))
  return client
}

/** A copy, because a replica is changed in place. */
export function copyOf({ queryClient, ...client }: ClientData): ClientData {
  const copy = new QueryClient()
  for (const { queryKey, state } of queryClient.getQueryCache().getAll())
    copy.setQueryData(queryKey, state.data)
  return { ...client, queryClient: copy }
}

/** Everything in the replica, by its keys; of the people, those whom it shows. */
export function contentsOf({ queryClient, shown }: ClientData): Record<string, unknown> {
  const queries = queryClient.getQueryCache().getAll()
  const { rev, byId } = queryClient.getQueryData<HeldPeople>(PEOPLE_KEY)!
  return {
    ...Object.fromEntries(queries.map(({ queryHash, state }) => [queryHash, state.data])),
    // The team's revision in the list is that of the last look; the people have the current one.
    [JSON.stringify(ROOMS_KEY)]: {
      ...queryClient.getQueryData<Rooms>(ROOMS_KEY),
      teamRev: 'looked',
    },
    [JSON.stringify(PEOPLE_KEY)]: { rev, people: shown.map((id) => byId.get(id)?.person) },
  }
}

/** Handles published events that reach this person. Any request fails the test: it would prove nothing about the folds. */
export function receiveAll(client: ClientData, published: readonly Published[]): void {
  const { replica } = openReplica(client, () =>
    Promise.reject(new Error('An event asks for nothing')),
  )
  const mine = published.flatMap(({ channel: name, envelope }) => {
    const channel = parseChannel(name)
    if (!channel || (channel.kind === 'person' && channel.personId !== client.person.id)) return []
    return [{ channel, wire: envelope }]
  })
  // Which rooms are mine is known once what came before has been handled.
  for (const event of mine)
    if (event.channel.kind !== 'room' || isMine(client, event.channel.roomId))
      replica.receive([event])
}

/** Catches up. Loading a page fails the test: it would prove nothing about catching up. */
export async function catchUpAll(client: ClientData): Promise<void> {
  const allowed = new Set<string>(
    [lookAtRooms, getPeople, listPeopleChanges, listChanges, getWorkspace].map(({ path }) => path),
  )
  const { replica } = openReplica(client, async (endpoint, input) => {
    if (!allowed.has(endpoint.path)) throw new Error(`${endpoint.path} was asked for`)
    return client.person.call(endpoint, input)
  })
  await replica.fetchMissing(new Set(EVERYTHING))
}

function openReplica({ person, queryClient, shown }: ClientData, ask: Call) {
  const cache = withPeople({ call: ask, queryClient })
  const { call, people } = cache
  // Released with the test; whoever is held already is not loaded.
  if (queryClient.getQueryData(PEOPLE_KEY)) people.need(shown)
  const replica: Replica = createReplica({
    ...cache,
    environment: nodeEnvironment,
    myId: person.id,
    resync: (place) => {
      throw new Error(`Something of ${place} was missed`)
    },
  })
  return { call, people, replica }
}

function isMine({ queryClient }: ClientData, roomId: string): boolean {
  return epochOf(queryClient, { kind: 'room', id: roomId }) !== undefined
}
