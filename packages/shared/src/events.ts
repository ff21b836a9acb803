import { Type, type Static } from 'typebox'
import { strict } from './shapes.ts'
import { Count, Id, Time } from './ids.ts'
import { MemberJoined, MemberLeft, MemberUpdated } from './members.ts'
import { MessageChanged, MessagePosted, MessageSuperseded } from './messages.ts'
import { PersonJoined, PersonUpdated } from './people.ts'
import { PresenceUpdated } from './presence.ts'
import { ReadsSet } from './rooms.reads.ts'
import {
  ReadMoved,
  Rekeyed,
  RoleChanged,
  RoomJoined,
  RoomLeft,
  RoomsMoved,
  RoomUpdated,
} from './rooms.ts'
import { WorkspaceUpdated } from './workspace.ts'

/** What can happen in a room, to the team, and to me. Closed: a new event is added here and the compiler asks for its folds. */
export const RoomEvent = Type.Union([
  MessagePosted,
  MessageChanged,
  MessageSuperseded,
  MemberJoined,
  MemberUpdated,
  MemberLeft,
  RoomUpdated,
])
export const TeamEvent = Type.Union([
  PersonJoined,
  PersonUpdated,
  PresenceUpdated,
  WorkspaceUpdated,
])
export const PersonEvent = Type.Union([
  RoomJoined,
  RoomLeft,
  RoleChanged,
  ReadMoved,
  ReadsSet,
  Rekeyed,
])
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

/**
 * A hint on my own channel. It is not in the log and takes no revision: the envelope has my stream's revision of that moment.
 * One that is lost is made up for by the next look.
 */
export const PersonHint = RoomsMoved
export type PersonHint = Static<typeof PersonHint>

/** The type of an event that is too large for Pusher: it is published with its revision only, and clients fetch it. */
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
 * The encrypted content of an event. It names its stream and epoch, because the encryption only proves that *somebody with
 * the channel's key* wrote it; a client drops events that do not belong to the channel they came on.
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

/** Whether a revision is exactly next, already included, or shows that an earlier one was missed. */
export function follow(current: number, rev: number): 'next' | 'duplicate' | 'gap' {
  if (rev === current + 1) return 'next'
  return rev <= current ? 'duplicate' : 'gap'
}
