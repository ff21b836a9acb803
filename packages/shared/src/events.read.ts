import type { TSchema } from 'typebox'
import { Check } from 'typebox/value'
import type { Channel } from './channels.ts'
import {
  PersonEnvelope,
  PersonEvent,
  PersonHint,
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

/** The schemas by event type: trying one after the other would be most of the cost of an event. */
const EVENTS: Record<StreamKind, ReadonlyMap<string, TSchema>> = {
  room: byType(RoomEvent.anyOf),
  person: byType(PersonEvent.anyOf),
  team: byType(TeamEvent.anyOf),
}

/**
 * The envelope of an event on a channel, or undefined if it does not name that channel: somebody with the key of one
 * channel must not be able to forge events of another. Unknown fields are kept: a newer server may add some.
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

const HINT = tolerant(PersonHint)
const HINT_TYPE: string = PersonHint.properties.type.const

/** Whether an envelope has a hint, which has no revision of its own; see `PersonHint`. */
export function isHint(kind: StreamKind, { type }: Envelope): boolean {
  return kind === 'person' && type === HINT_TYPE
}

/** The hint in an envelope, or undefined if this version cannot read it. */
export function readHint({ type, data }: Envelope): PersonHint | undefined {
  const hint: unknown = { type, data }
  return Check(HINT, hint) ? hint : undefined
}

/** The event in an envelope, or undefined if this version cannot read it. */
export function readEvent<Kind extends StreamKind>(
  kind: Kind,
  { type, data }: Envelope,
): Events[Kind] | undefined {
  const event: unknown = { type, data }
  const schema = EVENTS[kind].get(type)
  return schema && Check(schema, event) ? (event as Events[Kind]) : undefined
}

/** Whether this version knows this type of event; an unknown one comes from a newer server. */
export function isKnownEvent(kind: StreamKind, type: string): boolean {
  return EVENTS[kind].has(type)
}

function byType(events: (TSchema & { properties: { type: { const: string } } })[]) {
  return new Map(events.map((event) => [event.properties.type.const, tolerant(event)]))
}
