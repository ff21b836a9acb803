import type { TSchema } from 'typebox'
import { Check } from 'typebox/value'
import type { Channel } from './channels.ts'
import {
  PersonEnvelope,
  PersonEvent,
  RoomEnvelope,
  RoomEvent,
  TeamEnvelope,
  TeamEvent,
  type Envelope,
  type Events,
  type StreamKind,
} from './events.ts'
import { tolerant } from './shapes.ts'

const ROOM_ENVELOPE = tolerant(RoomEnvelope)
const PERSON_ENVELOPE = tolerant(PersonEnvelope)
const TEAM_ENVELOPE = tolerant(TeamEnvelope)

/** Each event by its type, because to try one after the other would cost most of what an event costs. */
const EVENTS: Record<StreamKind, ReadonlyMap<string, TSchema>> = {
  room: byType(RoomEvent.anyOf),
  person: byType(PersonEvent.anyOf),
  team: byType(TeamEvent.anyOf),
}

/**
 * The envelope that came on a channel, or undefined when it does not say that it belongs there: whoever has one channel's
 * key can write to that one, and must not be able to speak of another. Read tolerantly: a newer server may say more.
 */
export function readEnvelope(channel: Channel, wire: unknown): Envelope | undefined {
  const envelope = envelopeOn(channel, wire)
  return envelope?.epoch === channel.epoch ? envelope : undefined
}

function envelopeOn(channel: Channel, wire: unknown): Envelope | undefined {
  switch (channel.kind) {
    case 'room':
      return Check(ROOM_ENVELOPE, wire) && wire.room === channel.roomId ? wire : undefined
    case 'person':
      return Check(PERSON_ENVELOPE, wire) && wire.person === channel.personId ? wire : undefined
    case 'team':
      return Check(TEAM_ENVELOPE, wire) ? wire : undefined
    case 'presence':
      return undefined
  }
}

/** The event in an envelope, or undefined when it is none that this version can read. */
export function readEvent<Kind extends StreamKind>(
  kind: Kind,
  { type, data }: Envelope,
): Events[Kind] | undefined {
  const event: unknown = { type, data }
  const schema = EVENTS[kind].get(type)
  return schema && Check(schema, event) ? (event as Events[Kind]) : undefined
}

/** Whether this version knows events of this name; one that it does not know comes from a newer server. */
export function isKnownEvent(kind: StreamKind, type: string): boolean {
  return EVENTS[kind].has(type)
}

function byType(events: (TSchema & { properties: { type: { const: string } } })[]) {
  return new Map(events.map((event) => [event.properties.type.const, tolerant(event)]))
}
