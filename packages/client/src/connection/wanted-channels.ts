import { channelName, ROOM_CHANNELS_MAX } from '@conclave/shared/channels'
import { findRoom } from '@conclave/shared/rooms.order'
import type { Rooms } from '@conclave/shared/rooms'
import type { QueryClient } from '@tanstack/query-core'
import type { Clock } from '../environment.ts'
import { dropRoom } from '../replica/forget.ts'
import { listIn } from '../replica/my-streams.ts'
import { createRecentRooms } from './recent-rooms.ts'
import { createTimer } from './timer.ts'

/** After a rekey the members of a room spread their requests for its new key over this time. */
const SPREAD_MS = 500

export interface WantedChannels {
  /** Reads the list of my rooms again. */
  update: () => void
  /** A room was opened. */
  opened: (roomId: string) => void
  /** The cache no longer has a room that was opened. */
  closed: (roomId: string) => void
  close: () => void
}

/** The names of channels by their streams. */
type Names = ReadonlyMap<string, string>

/**
 * Derives the names of the channels that this client subscribes to, with their epochs, from the list of my rooms: mine, the
 * team's, and those of all my rooms or, if there are too many, of those that are open or were opened last.
 */
export function createWantedChannels(options: {
  queryClient: QueryClient
  clock: Clock
  myId: string
  onNames: (names: Set<string>) => void
}): WantedChannels {
  const { queryClient, clock, myId, onNames } = options
  const recent = createRecentRooms(queryClient)
  let isClosed = false
  let wanted: Names = new Map()
  /** The list that `wanted` was derived from; undefined when a room was opened or closed since. */
  let derivedFrom: Rooms | undefined
  const spread = createTimer(clock)

  function update(): void {
    const list = listIn(queryClient)
    if (isClosed || spread.isOn() || !list) return
    if (derivedFrom && hasSameChannels(derivedFrom, list)) return
    const names = namesFrom(list)
    if (!isRekey(wanted, names)) return change(list, names)
    // Everybody in the room learns of the rekey at the same moment.
    spread.start(Math.random() * SPREAD_MS, () => {
      const now = listIn(queryClient) ?? list
      change(now, namesFrom(now))
    })
  }

  function namesFrom(list: Rooms): Names {
    return namesOf(list, myId, subscribedRooms(list, recent.ids()))
  }

  function change(list: Rooms, names: Names): void {
    derivedFrom = list
    wanted = names
    onNames(new Set(names.values()))
    for (const roomId of recent.ids()) if (!names.has(roomId)) dropRoom(queryClient, roomId)
  }

  function reconsider(): void {
    derivedFrom = undefined
    update()
  }

  return {
    update,
    opened: (roomId) => {
      recent.opened(roomId)
      if (!wanted.has(roomId)) reconsider()
    },
    closed: (roomId) => {
      recent.closed(roomId)
      if (wanted.has(roomId)) reconsider()
    },
    close: () => {
      isClosed = true
      spread.stop()
    },
  }
}

/** The ids of the rooms whose channels are subscribed. */
function subscribedRooms({ rooms }: Rooms, recent: readonly string[]): readonly string[] {
  if (rooms.length <= ROOM_CHANNELS_MAX) return rooms.map(({ id }) => id)
  return recent.filter((id) => findRoom(rooms, id)).slice(0, ROOM_CHANNELS_MAX)
}

function namesOf(list: Rooms, myId: string, roomIds: readonly string[]): Names {
  const { rooms, epoch, teamEpoch } = list
  return new Map([
    ['person', channelName({ kind: 'person', personId: myId, epoch })],
    ['team', channelName({ kind: 'team', epoch: teamEpoch })],
    ...roomIds.map((roomId): [string, string] => [
      roomId,
      channelName({ kind: 'room', roomId, epoch: findRoom(rooms, roomId)?.epoch ?? 0 }),
    ]),
  ])
}

/** Whether the same streams are at the same epochs. A message changes one room, so nearly all are the very same objects. */
function hasSameChannels(before: Rooms, list: Rooms): boolean {
  if (before.epoch !== list.epoch || before.teamEpoch !== list.teamEpoch) return false
  if (before.rooms === list.rooms) return true
  if (before.rooms.length !== list.rooms.length) return false
  return list.rooms.every((room, position) => {
    const known = before.rooms[position]
    return known === room || (known?.id === room.id && known.epoch === room.epoch)
  })
}

/** Whether a stream that stays has another name. */
function isRekey(wanted: Names, names: Names): boolean {
  return [...wanted].some(([stream, name]) => (names.get(stream) ?? name) !== name)
}
