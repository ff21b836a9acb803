import { channelName, parseChannel, type Channel } from '@conclave/shared/channels'
import type { StreamKind } from '@conclave/shared/events'
import type { Rooms } from '@conclave/shared/rooms'
import type { QueryClient } from '@tanstack/query-core'
import { ROOMS_KEY } from '../keys/rooms.keys.ts'

/** What can be caught up: my own stream, the team's, every loaded room (`loaded`), or one room. */
export type Target = 'person' | 'team' | 'loaded' | `room:${string}`

export const EVERYTHING: readonly Target[] = ['person', 'team', 'loaded']

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

/** What to fetch to catch up a stream. */
export function targetOf({ kind, id }: Stream): Target {
  return kind === 'room' ? `room:${id}` : kind
}

/** The id of the room that a target names, if it names one. */
export function roomIn(target: Target): string | undefined {
  return target.startsWith('room:') ? target.slice('room:'.length) : undefined
}

/* The list of my rooms says which streams there are for me, and at which epoch each of them is. */

/** The epoch of a stream, or undefined if I have no access to it. */
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

/** The names of all my channels; undefined before the list is loaded. */
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

/** The newest known revision of each of my rooms; undefined before the list is loaded. */
export function knownRevs(queryClient: QueryClient): ReadonlyMap<string, number> | undefined {
  const list = queryClient.getQueryData<Rooms>(ROOMS_KEY)
  return list && new Map(list.rooms.map(({ id, rev }) => [id, rev]))
}

/** A text that changes whenever the revision of my list or of one of my rooms does. */
export function revsFingerprint(queryClient: QueryClient): string {
  const list = queryClient.getQueryData<Rooms>(ROOMS_KEY)
  return JSON.stringify([list?.rev, ...(knownRevs(queryClient) ?? [])])
}

/** What may have been missed on a channel before it was subscribed. */
export function missedTargets(name: string): Target[] {
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
