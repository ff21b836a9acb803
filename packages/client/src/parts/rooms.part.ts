import { ROOM_CHANNELS_MAX } from '@conclave/shared/channels'
import type { PersonHint } from '@conclave/shared/events'
import { getRoom, type Room, type Rooms } from '@conclave/shared/rooms'
import { foldRoom, foldRooms } from '@conclave/shared/rooms.fold'
import { changeRoom, findRoom, withRoom } from '@conclave/shared/rooms.order'
import { isComplete } from '@conclave/shared/unread'
import { ALL_MEMBERS_KEY } from '../keys/members.keys.ts'
import { ROOMS_KEY } from '../keys/rooms.keys.ts'
import { unlessAhead } from './history-wins.ts'
import { lookUntilSame, type LookedAt } from './look.ts'
import { mergeLook, newerRoom } from './merge-rooms.ts'
import { entryAt, type Cache, type LoadContext, type WholePart } from './part-kinds.ts'

/** The list of my rooms. */
export const rooms: WholePart<'person', Rooms, LookedAt> = {
  stream: 'person',
  entry: entryAt(() => ROOMS_KEY),
  fold: foldRooms,
  // Only my own sessions have the key of my channel, and its events may change anything in this list.
  check: () => true,
  load: (context) => lookUntilSame({ ...context, isTrusted: trustedIn(context) }),
  merge: mergeLook,
  confirmedBy: ({ rooms, answered }, state, id) => [
    id,
    ...rooms.flatMap(({ id, rev }) =>
      answered.has(id) && findRoom(state.rooms, id)?.rev === rev ? [id] : [],
    ),
  ],
  takeHint,
}

/** One room in that list. Events of the room's stream change it too; its rev is the newest known revision of the stream. */
export const line: WholePart<'room', Room, Room> = {
  stream: 'room',
  entry: {
    read: (cache, id) => {
      const list = cache.getQueryData<Rooms>(ROOMS_KEY)
      return list && findRoom(list.rooms, id)
    },
    change: changeLine,
  },
  fold: foldRoom,
  check: (event, { next }) => {
    if (!next || !('seq' in event.data)) return true
    // A later event may be the first one about a message, but `message.posted` is always about a new message.
    return event.type !== 'message.posted' || event.data.seq > next.lastSeq
  },
  showsGap: (event, { lastSeq }) => 'seq' in event.data && event.data.seq > lastSeq + 1,
  unconfirmedBy: (_, id) => [id],
  load: ({ call, id }) => call(getRoom, { params: { roomId: id } }),
  merge: ({ current, before, fetched }) =>
    newerRoom(unlessAhead(current, { before, fetched }), fetched),
  confirmedBy: (answer, state, id) => (answer.rev === state.rev ? [id] : []),
  skip: (current, rev) => ({ ...current, rev }),
  // Fetched by page, and again when `membersRev` moves: see members.keys.ts.
  forgets: [ALL_MEMBERS_KEY],
}

/**
 * Of which lines the revision shows that they are the server's. Not of one whose counts folding could not complete. And a
 * forged event that takes the revision of a true one leaves a line that has the server's revision and is wrong: so the
 * server is asked for the lines that events have changed, whether or not they seem to agree. Somebody in more rooms
 * subscribes to those that they have opened: these are compared by their messages.
 */
function trustedIn({ before, unconfirmed }: LoadContext<Rooms>): (room: Room) => boolean {
  if ((before?.rooms.length ?? 0) > ROOM_CHANNELS_MAX) return isComplete
  return (room) => isComplete(room) && !unconfirmed.has(room.id)
}

/** Of each of my rooms the newer state. A room that I am not known to be in has to be looked for. */
function takeHint(cache: Cache, { data }: PersonHint, rev: number): boolean {
  let isUnknown = false
  cache.setQueryData<Rooms>(ROOMS_KEY, (list) => {
    if (!list) return undefined
    isUnknown = data.rooms.some(({ id }) => !findRoom(list.rooms, id))
    const rooms = data.rooms.reduce(
      (rooms, hinted) =>
        changeRoom(rooms, hinted.id, (room) => afterHint(room, hinted, rev >= list.rev)),
      list.rooms,
    )
    return rooms === list.rooms ? list : { ...list, rooms }
  })
  return isUnknown
}

/** A hint is of the moment of `rev`: if my own stream is further, so is what it says of me. */
function afterHint(room: Room, hinted: Room, isOfMyRev: boolean): Room {
  const merged = newerRoom(room, hinted)
  return isOfMyRev ? merged : { ...merged, role: room.role }
}

function changeLine(
  cache: Cache,
  id: string,
  change: (current: Room | undefined) => Room | undefined,
): void {
  cache.setQueryData<Rooms>(ROOMS_KEY, (list) => {
    const current = list && findRoom(list.rooms, id)
    const room = change(current)
    if (!list || !room || room === current) return list
    return { ...list, rooms: withRoom(list.rooms, room) }
  })
}
