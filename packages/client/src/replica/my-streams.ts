import { parseChannel, type Channel } from '@conclave/shared/channels'
import type { StreamKind } from '@conclave/shared/events'
import { findRoom } from '@conclave/shared/rooms.order'
import type { Rooms } from '@conclave/shared/rooms'
import { ROOMS_KEY } from '../keys/rooms.keys.ts'
import type { Cache } from '../parts/part-kinds.ts'

/**
 * What can be caught up: my own stream, the team's, every room that the cache has messages of (`loaded`), one of these
 * (`held:`), or one room with its line in the list (`room:`).
 */
export type Target = 'person' | 'team' | 'loaded' | `held:${string}` | `room:${string}`

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

/** The ids of the rooms that targets of this kind name. */
export function roomsIn(targets: Iterable<Target>, kind: 'held' | 'room'): string[] {
  return [...targets].flatMap((target) => {
    const [name, roomId] = target.split(':')
    return name === kind && roomId !== undefined ? [roomId] : []
  })
}

/* The list of my rooms says which streams there are for me, and at which epoch and revision each of them is. */

/** The epoch of a stream, or undefined if I have no access to it. */
export function epochOf(cache: Cache, { kind, id }: Stream): number | undefined {
  const list = listIn(cache)
  switch (kind) {
    case 'room':
      return list && findRoom(list.rooms, id)?.epoch
    case 'person':
      return list?.epoch
    case 'team':
      return list?.teamEpoch
  }
}

/** The revision of a stream as the list has it; that of the team is of the last look. */
export function listedRev(cache: Cache, { kind, id }: Stream): number | undefined {
  const list = listIn(cache)
  switch (kind) {
    case 'room':
      return list && findRoom(list.rooms, id)?.rev
    case 'person':
      return list?.rev
    case 'team':
      return list?.teamRev
  }
}

/** The ids of my rooms; undefined before the list is loaded. */
export function myRoomIds(cache: Cache): ReadonlySet<string> | undefined {
  const list = listIn(cache)
  return list && new Set(list.rooms.map(({ id }) => id))
}

/** The list of my rooms. */
export function listIn(cache: Cache): Rooms | undefined {
  return cache.getQueryData<Rooms>(ROOMS_KEY)
}

/** What may have been missed on a channel before it was subscribed. */
export function missedTargets(name: string): Target[] {
  const channel = parseChannel(name)
  switch (channel?.kind) {
    case 'room':
      return ['person', `held:${channel.roomId}`]
    case 'team':
      return ['person', 'team']
    case 'person':
    case 'presence':
    case undefined:
      return ['person']
  }
}
