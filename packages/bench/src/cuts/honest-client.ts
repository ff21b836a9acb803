import { channelName, parseChannel } from '@conclave/shared/channels'
import { follow, type Envelope, type PersonEvent } from '@conclave/shared/events'
import type { Message, RoomChanges } from '@conclave/shared/messages'
import type { Rooms } from '@conclave/shared/rooms'
import { foldRooms } from '@conclave/shared/rooms.fold'
import type { Conclave } from '../contestants/conclave.ts'
import { openChannelsSocket } from '../subscribers/channels-socket.ts'
import { createCatchingUp, type Place } from './catching-up.ts'
import { createHeld, type Held } from './held.ts'
import { createOwnChannels } from './own-channels.ts'
import { requestsOf } from './requests.ts'

/** What of its page a client holds against the server's history at each catch-up. */
const COMPARED_MESSAGES = 50

export interface HonestClient {
  readonly held: Held
  /** Since when it hears these channels and misses nothing that it knows of; undefined while it does not. */
  settledOn(channels: readonly string[]): number | undefined
  close(): void
}

/** Somebody with one room open in a page that asks for what the web asks for, without the screen. */
export async function openHonestClient(
  conclave: Conclave,
  { person, roomId }: { person: number; roomId: string },
): Promise<HonestClient> {
  const asking = requestsOf(conclave, person)
  const { ask, sign } = asking
  const personId = conclave.crowd.idOf(person)
  let rooms = await asking.rooms()
  let peopleRev = (await asking.people()).rev
  const held = createHeld(line(rooms))
  let changedAt = performance.now()
  const catchingUp = createCatchingUp(fetchMissing, noteChange)
  const socket = await openChannelsSocket(conclave.stack.pusher, { onHeard, onEvent })
  const channels = createOwnChannels({
    names,
    socket: () => socket,
    sign,
    onRefused: () => catchingUp.request('rooms'),
  })
  channels.want()

  function line({ rooms: mine }: Rooms) {
    const room = mine.find(({ id }) => id === roomId)
    if (!room) throw new Error(`Person ${person} is not in the room`)
    return room
  }

  function names(): Set<string> {
    return new Set([
      channelName({ kind: 'person', personId, epoch: rooms.epoch }),
      channelName({ kind: 'team', epoch: rooms.teamEpoch }),
      channelName({ kind: 'room', roomId, epoch: line(rooms).epoch }),
    ])
  }

  function noteChange(): void {
    changedAt = performance.now()
  }

  function onHeard(name: string): void {
    if (!channels.isWanted(name)) return
    channels.noteHeard(name)
    noteChange()
    const kind = parseChannel(name)?.kind
    if (kind === 'room') catchingUp.request('rooms', 'room')
    else catchingUp.request(kind === 'team' ? 'people' : 'rooms')
  }

  function onEvent(name: string, envelope: Envelope): void {
    if (!channels.isWanted(name)) return
    const place = 'room' in envelope ? 'room' : 'team' in envelope ? 'people' : 'rooms'
    if (!take(place, envelope)) catchingUp.request(place)
  }

  /** False when something before it is missing. */
  function take(place: Place, { rev, type, data }: Envelope): boolean {
    if (place === 'room') {
      if (type === 'changed') return rev <= held.rev
      return held.take(rev, type === 'message.posted' ? (data as Message) : undefined)
    }
    const step = follow(place === 'people' ? peopleRev : rooms.rev, rev)
    if (step !== 'next') return step === 'held'
    if (type === 'changed') return false
    if (place === 'people') peopleRev = rev
    else {
      rooms = foldRooms(rooms, { type, data } as PersonEvent, rev)
      channels.want()
    }
    return true
  }

  async function fetchMissing(places: ReadonlySet<Place>): Promise<void> {
    await Promise.all([
      places.has('rooms') ? fetchRooms() : undefined,
      places.has('people') ? fetchPeople() : undefined,
    ])
    if (places.has('room')) await fetchRoom()
  }

  async function fetchRooms(): Promise<void> {
    const fetched = await asking.rooms()
    if (fetched.rev >= rooms.rev) rooms = fetched
    channels.want()
  }

  async function fetchPeople(): Promise<void> {
    const { rev } = await asking.people()
    peopleRev = Math.max(peopleRev, rev)
  }

  async function fetchRoom(): Promise<void> {
    const { rev, lastSeq: to } = held
    const from = Math.max(1, to - COMPARED_MESSAGES + 1)
    const run = to > 0 ? `&from=${from}&to=${to}` : ''
    held.catchUp(await ask<RoomChanges>('GET', `/v1/rooms/${roomId}/changes?after=${rev}${run}`))
  }

  return {
    held,
    settledOn: (expected) =>
      channels.hears(expected) && !channels.isMoving() && !catchingUp.isBehind()
        ? changedAt
        : undefined,
    close: () => socket.close(),
  }
}
