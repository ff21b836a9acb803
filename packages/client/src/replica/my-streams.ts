import { channelName, parseChannel, type Channel } from '@conclave/shared/channels'
import type { StreamKind } from '@conclave/shared/events'
import type { Rooms } from '@conclave/shared/rooms'
import type { QueryClient } from '@tanstack/query-core'
import { ROOMS_KEY } from '../keys/rooms.keys.ts'

/** What may have to be fetched again: my own, the team's, every room that is held, or one room. */
export type Place = 'person' | 'team' | 'loaded' | `room:${string}`

export const EVERYTHING: readonly Place[] = ['person', 'team', 'loaded']

/** One stream of events: a room's, my own, or the team's; `id` is the room's, or mine. */
export interface Stream<Kind extends StreamKind = StreamKind> {
  kind: Kind
  id: string
}

/** The stream that a channel carries, if it carries one. */
export function streamOf(channel: Channel): Stream | undefined {
  switch (channel.kind) {
    case 'room':
      return { kind: 'room', id: channel.roomId }
    case 'person':
      return { kind: 'person', id: channel.personId }
    case 'team':
      return { kind: 'team', id: '' }
    case 'presence':
      return undefined
  }
}

/** Where to ask for what was missed of a stream. */
export function placeOf({ kind, id }: Stream): Place {
  return kind === 'room' ? `room:${id}` : kind
}

/** The room that a place names, if it names one. */
export function roomIn(place: Place): string | undefined {
  return place.startsWith('room:') ? place.slice('room:'.length) : undefined
}

/* The list of my rooms says which streams there are for me, and at which epoch each of them is. */

/** The epoch of a stream, or undefined when it is none of mine. */
export function epochOf(queryClient: QueryClient, { kind, id }: Stream): number | undefined {
  const list = queryClient.getQueryData<Rooms>(ROOMS_KEY)
  switch (kind) {
    case 'room':
      return list?.rooms.find((room) => room.id === id)?.epoch
    case 'person':
      return list?.epoch
    case 'team':
      return list?.teamEpoch
  }
}

/** All channels there are for me, each at its epoch; undefined before the list is loaded. */
export function channelsOf(queryClient: QueryClient, myId: string): Set<string> | undefined {
  const list = queryClient.getQueryData<Rooms>(ROOMS_KEY)
  if (!list) return undefined
  const { rooms, epoch, teamEpoch } = list
  return new Set([
    channelName({ kind: 'person', personId: myId, epoch }),
    channelName({ kind: 'team', epoch: teamEpoch }),
    ...rooms.map(({ id, epoch }) => channelName({ kind: 'room', roomId: id, epoch })),
  ])
}

/** My rooms, and how far each is known to be; undefined before the list is loaded. */
export function knownRevs(queryClient: QueryClient): ReadonlyMap<string, number> | undefined {
  const list = queryClient.getQueryData<Rooms>(ROOMS_KEY)
  return list && new Map(list.rooms.map(({ id, rev }) => [id, rev]))
}

/** How far everything is known to be; another text whenever something came. */
export function standing(queryClient: QueryClient): string {
  const list = queryClient.getQueryData<Rooms>(ROOMS_KEY)
  return JSON.stringify([list?.rev, ...(knownRevs(queryClient) ?? [])])
}

/** What may have happened on a channel before it was heard. */
export function missedOn(name: string): Place[] {
  switch (parseChannel(name)?.kind) {
    case 'room':
      return ['person', 'loaded']
    case 'team':
      return ['team']
    case 'person':
    case 'presence':
    case undefined:
      return ['person']
  }
}
