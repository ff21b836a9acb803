import type { Channel } from '@conclave/shared/channels'
import { tolerant } from '@conclave/shared/shapes'
import {
  follow,
  PersonEnvelope,
  PersonEvent,
  RoomEnvelope,
  RoomEvent,
  TeamEnvelope,
  TeamEvent,
} from '@conclave/shared/events'
import type { Members } from '@conclave/shared/members'
import { foldMembers } from '@conclave/shared/members.fold'
import type { MessagePage } from '@conclave/shared/messages'
import { foldMessages } from '@conclave/shared/messages.fold'
import type { Me, People } from '@conclave/shared/people'
import { foldPeople } from '@conclave/shared/people.fold'
import type { Room, Rooms } from '@conclave/shared/rooms'
import { foldRoom, foldRooms } from '@conclave/shared/rooms.fold'
import { notifyManager, type QueryClient } from '@tanstack/react-query'
import { Check } from 'typebox/value'
import { membersKey } from '../features/members/members.keys.ts'
import { messagesKey } from '../features/messages/messages.keys.ts'
import { ME_KEY, PEOPLE_KEY } from '../features/people/people.keys.ts'
import { ROOMS_KEY } from '../features/rooms/rooms.keys.ts'
import type { Place } from './catch-up.ts'
import { forgetOtherRooms } from './forget-rooms.ts'

/** As they are read: a server that is newer than this page may say more. */
const READ = {
  roomEnvelope: tolerant(RoomEnvelope),
  roomEvent: tolerant(RoomEvent),
  teamEnvelope: tolerant(TeamEnvelope),
  teamEvent: tolerant(TeamEvent),
  personEnvelope: tolerant(PersonEnvelope),
  personEvent: tolerant(PersonEvent),
}

/**
 * Takes one event from a channel into the query cache: only if it belongs to that channel and is exactly next.
 * Whatever does not fit is dropped, and its place asks the server what became of it.
 */
export function createDispatch(options: {
  queryClient: QueryClient
  resync: (place: Place) => void
}): (channel: Channel, wire: unknown) => void {
  const { queryClient, resync } = options

  return (channel, wire) => {
    notifyManager.batch(() => {
      switch (channel.kind) {
        case 'room':
          return dispatchRoom(channel, wire)
        case 'team':
          return dispatchTeam(channel, wire)
        case 'person':
          return dispatchPerson(channel, wire)
        case 'presence':
          return
      }
    })
  }

  function dispatchRoom(channel: Channel & { kind: 'room' }, wire: unknown): void {
    const { roomId } = channel
    const place: Place = `room:${roomId}`
    const room = queryClient.getQueryData<Rooms>(ROOMS_KEY)?.rooms.find(({ id }) => id === roomId)
    if (!room) return resync('rooms')
    if (!Check(READ.roomEnvelope, wire)) return resync(place)
    if (wire.room !== roomId) return resync(place)
    if (wire.epoch !== channel.epoch) return resync(place)
    if (wire.epoch < room.epoch) return resync(place)
    const { type, data, rev } = wire
    const event: unknown = { type, data }
    if (!Check(READ.roomEvent, event)) return isNews(room, rev) ? resync(place) : undefined
    if (event.type === 'message.posted' || event.type === 'message.changed') {
      if (event.data.roomId !== roomId) return resync(place)
      // Otherwise new words could be put in the place of old ones, or far above where nobody looks again.
      if (event.data.rev !== rev) return resync(place)
      const isNext = event.data.seq === room.lastSeq + 1
      const fits = event.type === 'message.posted' ? isNext : event.data.seq <= room.lastSeq + 1
      if (follow(room.rev, rev) === 'next' && !fits) return resync(place)
    }

    // The room last, so that at no moment what is loaded of it seems to have fallen behind.
    const gaps = [
      applyTo<MessagePage>(messagesKey(roomId), rev, (page) => foldMessages(page, event, rev)),
      applyTo<Members>(membersKey(roomId), rev, (members) => foldMembers(members, event, rev)),
      apply<Rooms>(ROOMS_KEY, room.rev, rev, (held) =>
        withRoom(held, foldRoom(room, event, rev, myId())),
      ),
    ]
    if (gaps.includes('gap')) resync(place)
  }

  /** Nothing is heard before it is known who I am. */
  function myId(): string {
    return queryClient.getQueryData<Me>(ME_KEY)?.id ?? ''
  }

  /** Whether anything that is held of the room has not come to this revision. */
  function isNews(room: Room, rev: number): boolean {
    const page = queryClient.getQueryData<MessagePage>(messagesKey(room.id))
    const members = queryClient.getQueryData<Members>(membersKey(room.id))
    return [room, page, members].some((state) => state && state.rev < rev)
  }

  function dispatchTeam(channel: Channel & { kind: 'team' }, wire: unknown): void {
    if (!Check(READ.teamEnvelope, wire)) return resync('people')
    if (wire.epoch !== channel.epoch) return resync('people')
    const { type, data, rev } = wire
    const event: unknown = { type, data }
    const held = queryClient.getQueryData<People>(PEOPLE_KEY)
    const rooms = queryClient.getQueryData<Rooms>(ROOMS_KEY)
    if (rooms && wire.epoch < rooms.teamEpoch) return resync('people')
    if (!held || !Check(READ.teamEvent, event))
      return held && rev <= held.rev ? undefined : resync('people')
    if (applyTo<People>(PEOPLE_KEY, rev, (people) => foldPeople(people, event, rev)) === 'gap') {
      resync('people')
    }
  }

  function dispatchPerson(channel: Channel & { kind: 'person' }, wire: unknown): void {
    if (!Check(READ.personEnvelope, wire)) return resync('rooms')
    if (wire.person !== channel.personId) return resync('rooms')
    if (wire.epoch !== channel.epoch) return resync('rooms')
    const { type, data, rev } = wire
    const event: unknown = { type, data }
    const held = queryClient.getQueryData<Rooms>(ROOMS_KEY)
    if (held && wire.epoch < held.epoch) return resync('rooms')
    if (!held || !Check(READ.personEvent, event))
      return held && rev <= held.rev ? undefined : resync('rooms')
    const step = applyTo<Rooms>(ROOMS_KEY, rev, (rooms) => foldRooms(rooms, event, rev))
    if (step === 'gap') resync('rooms')
    if (step === 'next' && event.type === 'room.left') forgetOtherRooms(queryClient)
  }

  function applyTo<State extends { rev: number }>(
    key: readonly string[],
    rev: number,
    fold: (state: State) => State,
  ): ReturnType<typeof follow> | undefined {
    const held = queryClient.getQueryData<State>(key)
    return held && apply<State>(key, held.rev, rev, fold)
  }

  function apply<State>(
    key: readonly string[],
    held: number,
    rev: number,
    fold: (state: State) => State,
  ): ReturnType<typeof follow> {
    const step = follow(held, rev)
    if (step === 'next') {
      queryClient.setQueryData<State>(key, (state) => (state === undefined ? state : fold(state)))
    }
    return step
  }
}

function withRoom(held: Rooms, room: Room): Rooms {
  return { ...held, rooms: held.rooms.map((other) => (other.id === room.id ? room : other)) }
}
