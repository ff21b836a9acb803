import {
  CHANGED,
  type Envelope,
  follow,
  type PersonEvent,
  PersonHint,
  type RoomEvent,
  type TeamEvent,
} from '@conclave/shared/events'
import type { Room } from '@conclave/shared/rooms'
import { foldRoom } from '@conclave/shared/rooms.fold'
import { expect } from 'vitest'
import { RELAY } from '../src/realtime/relay.ts'
import type { Harness } from './harness.ts'
import { openEnvelope } from './secret-box.ts'

export interface Published {
  channel: string
  envelope: Envelope
}

/** Everything published so far, once nothing is waiting, in the broker's order. */
export async function published(harness: Harness): Promise<Published[]> {
  await expect
    .poll(async () => harness.sql`select * from lagging where consumer = ${RELAY}`)
    .toHaveLength(0)
  return harness.pusher.record.publishes().map(({ channels: [channel = ''], data }) => ({
    channel,
    envelope: decrypt(harness, channel, data),
  }))
}

export async function publishedToRoom(harness: Harness, roomId: string): Promise<Envelope[]> {
  const all = (await published(harness)).map(({ envelope }) => envelope)
  return all.filter((envelope) => 'room' in envelope && envelope.room === roomId)
}

/** This person's events; a hint is none, and has a revision that it shares with an event. */
export async function publishedToPerson(harness: Harness, personId: string): Promise<Envelope[]> {
  const all = (await published(harness)).map(({ envelope }) => envelope)
  return all.filter(
    (envelope) =>
      'person' in envelope &&
      envelope.person === personId &&
      envelope.type !== PersonHint.properties.type.const,
  )
}

export async function publishedToTeam(harness: Harness): Promise<Envelope[]> {
  return (await published(harness))
    .map(({ envelope }) => envelope)
    .filter((envelope) => 'team' in envelope)
}

/** The state of a client after these envelopes, each of which must be exactly next. */
export function folded<State extends { rev: number }>(
  state: State,
  envelopes: Envelope[],
  fold: (state: State, event: never, rev: number) => State,
): State {
  let folded = state
  for (const { type, data, rev } of envelopes.filter(({ rev }) => rev > state.rev)) {
    expect(follow(folded.rev, rev)).toBe('next')
    expect(type).not.toBe(CHANGED)
    const event = { type, data } as RoomEvent | PersonEvent | TeamEvent
    folded = fold(folded, event as never, rev)
  }
  return folded
}

/** What becomes of a room of this person's. */
export function foldRoomOf(personId: string) {
  return (room: Room, event: RoomEvent, rev: number): Room => foldRoom(room, event, rev, personId)
}

function decrypt({ ctx }: Harness, channel: string, data: string): Envelope {
  const { shared_secret = '' } = ctx.pusher.authorizeChannel('1.1', channel)
  const envelope = openEnvelope(data, shared_secret)
  if (!envelope) throw new Error(`${channel} carries what its key does not open`)
  return envelope
}
