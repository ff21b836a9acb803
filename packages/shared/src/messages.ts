import { Type, type Static } from 'typebox'
import { endpoint, event } from './contract.ts'
import { strict } from './shapes.ts'
import { ClientMadeId, Count, CountText, Id, LimitText, Time } from './ids.ts'
import { Member } from './members.ts'
import { named } from './people.ts'
import { InRoom } from './rooms.ts'
import { Written } from './visible.ts'

/**
 * The longest message, in code points of Unicode: every client and the database count those alike. People count
 * otherwise: an emoji may have ten of them. So clients stop earlier, at a number of what people take for characters
 * (message-length.ts of the web), and the difference is for the characters that have several.
 */
export const MESSAGE_MAX_CODE_POINTS = 16_000
export const PAGE_SIZE = 50
/** The longest run of messages that is compared with the server in one catch-up. */
export const COMPARE_MAX_MESSAGES = 2_000

/**
 * One emoji below a message: how many people reacted with it, and the first of them, oldest first. Clients accept any text
 * as an emoji, because the server may know a newer Unicode. The endpoints are in reactions.ts.
 */
export const Reaction = Type.Object(
  { emoji: Type.String(), count: Count, people: Type.Array(Id) },
  strict,
)
export type Reaction = Static<typeof Reaction>

/** Who a message notifies besides those it mentions: every member, or those who are online. */
export const Notifies = Type.Union([Type.Literal('room'), Type.Literal('here')])
export type Notifies = Static<typeof Notifies>

/**
 * Something that happened in the room, said in its order among the messages; the author is who did it. Readers ignore kinds
 * that they do not know.
 */
export const Line = Type.Object(
  {
    /** One of LINE_KINDS, or of a newer server. */
    kind: Type.String(),
    /** Who it happened to, if that is not the author. */
    personId: Type.Optional(Id),
    /** The new name or topic. */
    text: Type.Optional(Type.String()),
  },
  strict,
)
export type Line = Static<typeof Line>
export const LINE_KINDS = [
  'joined',
  'left',
  'added',
  'taken-out',
  'renamed',
  'topic',
  'archived',
  'restored',
] as const

/** When a message was removed, and by whom: its author, or somebody who moderates the room. */
export const Removed = Type.Object(
  { at: Time, by: Type.Union([Type.Literal('author'), Type.Literal('moderator')]) },
  strict,
)
export type Removed = Static<typeof Removed>
/** How long a removed message is still shown as removed; after that it is not shown at all. */
export const REMOVED_SHOWN_MS = 24 * 3_600_000

/** A message, as everyone in the room sees it. `seq` orders a room without gaps; `rev` is its last change. */
export const Message = Type.Object(
  {
    id: Id,
    roomId: Id,
    seq: Count,
    rev: Count,
    authorId: Id,
    /** Markdown; a mention is `<@` and the person's id and `>`: see mentions.ts. Empty if removed, and for a line. */
    text: Type.String(),
    createdAt: Time,
    /** The message of this room that it answers; it may be removed by now. */
    replyTo: Type.Optional(Id),
    /** When the text was last changed. */
    editedAt: Type.Optional(Time),
    /** There is nothing left of it. */
    removed: Type.Optional(Removed),
    /** The members it mentions, in the order of their ids. */
    mentions: Type.Optional(Type.Array(Id)),
    notifies: Type.Optional(Notifies),
    line: Type.Optional(Line),
    /** In the order in which each was first given; absent when there are none. */
    reactions: Type.Optional(Type.Array(Reaction)),
  },
  strict,
)
export type Message = Static<typeof Message>

/** Addresses one message of a room. */
export const OfMessage = Type.Object({ ...InRoom.properties, messageId: Id }, strict)
export type OfMessage = Static<typeof OfMessage>

/** What you send. The author is your token; there is nowhere to say otherwise. */
export const PostMessage = Type.Object(
  {
    id: ClientMadeId,
    /** At most MESSAGE_MAX_CODE_POINTS long: beyond it `message-too-long`, which says what to do. */
    text: Written(),
    /** The message of this room that it answers. */
    replyTo: Type.Optional(Id),
  },
  strict,
)
export type PostMessage = Static<typeof PostMessage>

/** A run of messages without gaps, at one revision of the room. */
export const MessagePage = Type.Object(
  {
    messages: Type.Array(Message),
    rev: Count,
    reachesStart: Type.Boolean(),
    reachesEnd: Type.Boolean(),
  },
  strict,
)
export type MessagePage = Static<typeof MessagePage>

export const listMessages = endpoint({
  method: 'GET',
  path: '/v1/rooms/:roomId/messages',
  summary: 'A page of messages by seq: the latest, or before, after or around one',
  tag: 'messages',
  access: 'person',
  limit: 'reading',
  params: InRoom,
  query: Type.Object(
    {
      before: Type.Optional(CountText),
      after: Type.Optional(CountText),
      around: Type.Optional(CountText),
      limit: Type.Optional(LimitText),
      /** This load repairs a page that differed from the server's history. */
      repair: Type.Optional(Type.Literal('true')),
    },
    strict,
  ),
  status: 200,
  result: Type.Object({ ...MessagePage.properties, named }, strict),
  problems: ['room-not-found'],
})

/** Retrying is always safe: the same id, author, room and content answers 200 with the stored message, as it is now. */
export const postMessage = endpoint({
  method: 'POST',
  path: '/v1/rooms/:roomId/messages',
  summary: 'Say something',
  tag: 'messages',
  access: 'person',
  limit: 'posting',
  params: InRoom,
  body: PostMessage,
  status: 201,
  repeatStatus: 200,
  result: Message,
  problems: [
    'room-not-found',
    'message-not-found',
    'room-archived',
    'not-allowed',
    'message-id-taken',
    'message-too-long',
    'too-many-mentions',
  ],
})

/** A client ignores a digest of another version than its own. */
const RunDigest = Type.Object(
  { version: Count, sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }) },
  strict,
)

/**
 * The current state of everything in a room that changed since a revision. Never old texts, so what was deleted stays
 * deleted. `reset` means that too much changed, and the client has to load the room again.
 */
export const RoomChanges = Type.Union([
  Type.Object({ reset: Type.Literal(true), rev: Count }, strict),
  Type.Object(
    {
      reset: Type.Literal(false),
      rev: Count,
      lastSeq: Count,
      messages: Type.Array(Message),
      members: Type.Array(Member),
      /** People who left or were taken out, and are not in the room now. */
      left: Type.Array(Id),
      /** The digest of the messages `from` to `to`, at `rev`: see messages.digest.ts. */
      runDigest: Type.Optional(RunDigest),
      named,
    },
    strict,
  ),
])
export type RoomChanges = Static<typeof RoomChanges>

export const listChanges = endpoint({
  method: 'GET',
  path: '/v1/rooms/:roomId/changes',
  summary: 'Everything that changed in the room after a revision',
  tag: 'messages',
  access: 'person',
  limit: 'reading',
  params: InRoom,
  query: Type.Object(
    {
      after: CountText,
      /** The first and the last seq of the run to compare; the answer then has its digest. */
      from: Type.Optional(CountText),
      to: Type.Optional(CountText),
    },
    strict,
  ),
  status: 200,
  result: RoomChanges,
  problems: ['room-not-found'],
})

export const MessagePosted = event('message.posted', Message)
/** A posted message changed: the data is the message in its current state. */
export const MessageChanged = event('message.changed', Message)
/** The message of this revision has changed again since then; the event of a later revision has it. */
export const MessageSuperseded = event('message.superseded', Type.Object({}, strict))
