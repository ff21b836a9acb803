import { Type, type Static } from 'typebox'
import { endpoint, event } from './contract.ts'
import { strict } from './shapes.ts'
import { Count, CountText, Id, Time } from './ids.ts'
import { next, nextByName, pageByName, pageOfIds } from './paging.ts'
import { named } from './people.ts'
import { LOOK_PATTERN } from './rooms.look.ts'

export const DIRECT_MAX_PEOPLE = 8

/** Open: anyone in the team may find and join it. Closed: invisible to outsiders. Direct: its members never change. */
export const RoomKind = Type.Union([
  Type.Literal('open'),
  Type.Literal('closed'),
  Type.Literal('direct'),
])
export type RoomKind = Static<typeof RoomKind>

export const RoomRole = Type.Union([
  Type.Literal('owner'),
  Type.Literal('moderator'),
  Type.Literal('member'),
])
export type RoomRole = Static<typeof RoomRole>

/**
 * Which messages after my read position are there to be read: others', and neither removed nor said by the system. Runs of
 * seqs, complete up to a seq: only the first ones after my position are looked at (unread.ts).
 */
const Unread = Type.Object({ runs: Type.Array(Type.Tuple([Count, Count])), upTo: Count }, strict)

/** The first ones of these that mention me, by name or with everybody; complete up to a seq. */
const UnreadMentions = Type.Object({ seqs: Type.Array(Count), upTo: Count }, strict)

/** Who may write to everybody at once, with @room or @here. Moderators includes owners. */
export const NotifyAll = Type.Union([Type.Literal('members'), Type.Literal('moderators')])
export type NotifyAll = Static<typeof NotifyAll>

/** A room that I am in, with its revision, its last seq and my read position. */
export const Room = Type.Object(
  {
    id: Id,
    kind: RoomKind,
    /** Empty for a direct room, which is named after its people. */
    name: Type.String(),
    topic: Type.String(),
    archived: Type.Boolean(),
    /** Who a direct room is between, me included; empty for other kinds. */
    people: Type.Array(Id),
    role: RoomRole,
    lastSeq: Count,
    readSeq: Count,
    /**
     * Raised when I set my position by hand, also backwards, and when I join again: of two positions that of the higher version
     * counts, and within one the further. Not known to an older server, like the two lists.
     */
    readVersion: Type.Optional(Count),
    unread: Type.Optional(Unread),
    mentions: Type.Optional(UnreadMentions),
    rev: Count,
    epoch: Count,
    memberCount: Count,
    /** The revision of the last change of its members; their list is fetched when somebody looks at it. */
    membersRev: Count,
    /** Absent: a server that does not have it yet. */
    notifyAll: Type.Optional(NotifyAll),
  },
  strict,
)
export type Room = Static<typeof Room>

/**
 * My rooms, at one revision of my own stream, with the epochs that name all channels I may subscribe to, and the revision of
 * the team's stream.
 */
export const Rooms = Type.Object(
  {
    rooms: Type.Array(Room),
    rev: Count,
    /** The epoch of my own channel. */
    epoch: Count,
    /** The epoch of the team's channel. */
    teamEpoch: Count,
    teamRev: Count,
  },
  strict,
)
export type Rooms = Static<typeof Rooms>

export const InRoom = Type.Object({ roomId: Id }, strict)

export const listRooms = endpoint({
  method: 'GET',
  path: '/v1/rooms',
  summary: 'List the rooms I am in, a page at a time',
  tag: 'rooms',
  access: 'person',
  limit: 'reading',
  query: Type.Object(pageOfIds, strict),
  status: 200,
  result: Type.Object({ ...Rooms.properties, named, next }, strict),
  problems: [],
})

/** The rooms of a look whose ids end with this digit. */
const LookBucket = Type.Object(
  { digit: Type.String({ pattern: '^[0-9a-f]$' }), rooms: Type.Array(Room) },
  strict,
)

/**
 * What differs between my rooms and what I have of them: the whole of each bucket that differs, so that what is not in it any
 * more is not mine. `more`: buckets are left out that would have made the answer too large; look again, and send zeros for
 * the digests of those that were left out, because they may differ in what no digest has, such as my role.
 */
export const Look = Type.Object(
  {
    rev: Count,
    epoch: Count,
    teamEpoch: Count,
    teamRev: Count,
    buckets: Type.Array(LookBucket),
    more: Type.Boolean(),
    named,
  },
  strict,
)
export type Look = Static<typeof Look>

/** Compares what I have with what there is, and answers only what differs; see rooms.look.ts. */
export const lookAtRooms = endpoint({
  method: 'GET',
  path: '/v1/look',
  summary: 'My rooms, as far as they differ from what I have of them',
  tag: 'rooms',
  access: 'person',
  limit: 'reading',
  query: Type.Object(
    {
      /** The revision of my own stream that I have; every bucket is answered if it is another one. */
      rev: Type.Optional(CountText),
      /** The digests of the buckets that I have, in the order of their digits. */
      known: Type.Optional(Type.String({ pattern: LOOK_PATTERN })),
    },
    strict,
  ),
  status: 200,
  result: Look,
  problems: [],
})

export const getRoom = endpoint({
  method: 'GET',
  path: '/v1/rooms/:roomId',
  summary: 'Get one room I am in',
  tag: 'rooms',
  access: 'person',
  limit: 'reading',
  params: InRoom,
  status: 200,
  result: Type.Object({ ...Room.properties, named }, strict),
  problems: ['room-not-found'],
})

/** An open room as shown in the directory. */
export const DirectoryRoom = Type.Object(
  {
    id: Id,
    name: Type.String(),
    topic: Type.String(),
    memberCount: Count,
    joined: Type.Boolean(),
    /** I was removed and cannot rejoin until a member adds me. */
    keptOut: Type.Boolean(),
    /** When the last message was posted, or null. */
    lastMessageAt: Type.Union([Time, Type.Null()]),
  },
  strict,
)
export type DirectoryRoom = Static<typeof DirectoryRoom>

export const listDirectory = endpoint({
  method: 'GET',
  path: '/v1/directory',
  summary: 'List or search the open rooms by name, a page at a time',
  tag: 'rooms',
  access: 'person',
  limit: 'reading',
  query: Type.Object(pageByName, strict),
  status: 200,
  result: Type.Object({ rooms: Type.Array(DirectoryRoom), next: nextByName }, strict),
  problems: [],
})

/**
 * The read position only moves forward, and never past the last message. With a `readVersion`, it does not move if I have set
 * it by hand since.
 */
export const moveRead = endpoint({
  method: 'PUT',
  path: '/v1/rooms/:roomId/read',
  summary: 'Mark messages as read up to a seq',
  tag: 'rooms',
  access: 'person',
  limit: 'writing',
  params: InRoom,
  body: Type.Object({ seq: Count, readVersion: Type.Optional(Count) }, strict),
  status: 200,
  result: Type.Object({ readSeq: Count }, strict),
  problems: ['room-not-found'],
})

/** Settings of the room, as they are now; sent to the room. */
export const RoomUpdated = event('room.updated', Type.Object({ notifyAll: NotifyAll }, strict))

export const RoomJoined = event('room.joined', Room)
/** I left it, or was removed. */
export const RoomLeft = event('room.left', Type.Object({ roomId: Id }, strict))
export const RoleChanged = event(
  'role.changed',
  Type.Object({ roomId: Id, role: RoomRole }, strict),
)
/**
 * Channels were rekeyed because somebody lost access: they have new names and keys. `team` is null if the team's
 * channel was not.
 */
export const Rekeyed = event(
  'rekeyed',
  Type.Object(
    {
      rooms: Type.Array(Type.Object({ roomId: Id, epoch: Count }, strict)),
      team: Type.Union([Count, Type.Null()]),
    },
    strict,
  ),
)
/** My position in a room, as it is after it moved or was set. */
export const ReadAt = Type.Object(
  { roomId: Id, readSeq: Count, readVersion: Type.Optional(Count) },
  strict,
)
export const ReadMoved = event('read.moved', ReadAt)
/** Rooms to whose channels I need not be subscribed have moved on; each in its current state. */
export const RoomsMoved = event('rooms.moved', Type.Object({ rooms: Type.Array(Room) }, strict))
