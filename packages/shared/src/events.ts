import { Type, type Static } from 'typebox'
import { strict } from './shapes.ts'
import { Count, Id, Time } from './ids.ts'
import { MemberJoined, MemberLeft, MemberUpdated } from './members.ts'
import { MessageChanged, MessagePosted, MessageSuperseded } from './messages.ts'
import { PersonJoined, PersonUpdated } from './people.ts'
import { PresenceChanged } from './presence.ts'
import { ReadMoved, Rekeyed, RoleChanged, RoomJoined, RoomLeft } from './rooms.ts'

/** What can happen in a room, to the team, and to me. Closed: a new event is added here and the compiler asks for its folds. */
export const RoomEvent = Type.Union([
  MessagePosted,
  MessageChanged,
  MessageSuperseded,
  MemberJoined,
  MemberUpdated,
  MemberLeft,
])
export const TeamEvent = Type.Union([PersonJoined, PersonUpdated, PresenceChanged])
export const PersonEvent = Type.Union([RoomJoined, RoomLeft, RoleChanged, ReadMoved, Rekeyed])
export type RoomEvent = Static<typeof RoomEvent>
export type TeamEvent = Static<typeof TeamEvent>
export type PersonEvent = Static<typeof PersonEvent>

/** The events of each kind of stream. */
export interface Events {
  room: RoomEvent
  team: TeamEvent
  person: PersonEvent
}
export type StreamKind = keyof Events

/** An event too large for the vendor travels as this: its revision came to be, fetch it. */
export const CHANGED = 'changed'
/** The longest envelope published whole, in bytes: Pusher takes 10,240 after encryption and base64. */
export const ENVELOPE_MAX_BYTES = 7_400

const frame = {
  v: Type.Literal(1),
  rev: Count,
  type: Type.String(),
  at: Time,
  data: Type.Unknown(),
}

/**
 * What travels inside the encryption. It names the place it belongs to, because the cipher only proves that
 * *somebody with the channel's key* wrote it; a reader drops what does not fit the channel it came on.
 */
export const RoomEnvelope = Type.Object({ ...frame, room: Id, epoch: Count }, strict)
export const PersonEnvelope = Type.Object({ ...frame, person: Id, epoch: Count }, strict)
export const TeamEnvelope = Type.Object(
  { ...frame, team: Type.Literal(true), epoch: Count },
  strict,
)
export type RoomEnvelope = Static<typeof RoomEnvelope>
export type PersonEnvelope = Static<typeof PersonEnvelope>
export type TeamEnvelope = Static<typeof TeamEnvelope>
export type Envelope = RoomEnvelope | PersonEnvelope | TeamEnvelope

/** Whether a revision is exactly next, already held, or shows that something was missed. */
export function follow(held: number, rev: number): 'next' | 'duplicate' | 'gap' {
  if (rev === held + 1) return 'next'
  return rev <= held ? 'duplicate' : 'gap'
}
