import { Type, type Static } from 'typebox'
import { endpoint, event } from './contract.ts'
import { strict } from './shapes.ts'
import { Count, Id, LimitText, Time, WRITTEN_PATTERN } from './ids.ts'
import { Name, NameOrEmpty } from './names.ts'
import { next, pageOfIds } from './paging.ts'

export const ROOM_NAME_MAX_CHARS = 80
export const ROOM_TOPIC_MAX_CHARS = 250
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
    rev: Count,
    epoch: Count,
  },
  strict,
)
export type Room = Static<typeof Room>

/** My rooms, at one revision of my own stream, with the epochs that name all channels I may subscribe to. */
export const Rooms = Type.Object(
  {
    rooms: Type.Array(Room),
    rev: Count,
    /** The epoch of my own channel. */
    epoch: Count,
    /** The epoch of the team's channel. */
    teamEpoch: Count,
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
  result: Type.Object({ ...Rooms.properties, next }, strict),
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
  result: Room,
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

/** A cursor of the directory, which is ordered by name: opaque, the `next` of a page. */
const DirectoryPlace = Type.String({ pattern: '^[A-Za-z0-9_-]{1,2000}$' })

export const listDirectory = endpoint({
  method: 'GET',
  path: '/v1/directory',
  summary: 'List or search the open rooms by name, a page at a time',
  tag: 'rooms',
  access: 'person',
  limit: 'reading',
  query: Type.Object(
    {
      after: Type.Optional(DirectoryPlace),
      limit: Type.Optional(LimitText),
      /** Text that the name contains, case-insensitively. */
      search: Type.Optional(
        Type.String({ maxLength: ROOM_NAME_MAX_CHARS, pattern: WRITTEN_PATTERN }),
      ),
    },
    strict,
  ),
  status: 200,
  result: Type.Object(
    { rooms: Type.Array(DirectoryRoom), next: Type.Optional(DirectoryPlace) },
    strict,
  ),
  problems: [],
})

const RoomName = Name({ maxLength: ROOM_NAME_MAX_CHARS })
const RoomTopic = NameOrEmpty({ maxLength: ROOM_TOPIC_MAX_CHARS })

export const createRoom = endpoint({
  method: 'POST',
  path: '/v1/rooms',
  summary: 'Create a room, with me as its owner',
  tag: 'rooms',
  access: 'person',
  limit: 'sensitive',
  body: Type.Object(
    {
      kind: Type.Union([Type.Literal('open'), Type.Literal('closed')]),
      name: RoomName,
      topic: Type.Optional(RoomTopic),
    },
    strict,
  ),
  status: 201,
  result: Room,
  problems: ['too-many-rooms', 'too-many-rooms-made'],
})

export const openDirect = endpoint({
  method: 'PUT',
  path: '/v1/direct',
  summary: 'Open the direct room of exactly these people and me',
  tag: 'rooms',
  access: 'person',
  limit: 'sensitive',
  body: Type.Object(
    {
      people: Type.Array(Id, {
        minItems: 1,
        maxItems: DIRECT_MAX_PEOPLE - 1,
        uniqueItems: true,
      }),
    },
    strict,
  ),
  status: 200,
  result: Room,
  problems: [
    'person-not-found',
    'too-many-rooms',
    'too-many-rooms-made',
    'person-in-too-many-rooms',
  ],
})

/** The read position only moves forward, and never past the last message. */
export const moveRead = endpoint({
  method: 'PUT',
  path: '/v1/rooms/:roomId/read',
  summary: 'Mark messages as read up to a seq',
  tag: 'rooms',
  access: 'person',
  limit: 'writing',
  params: InRoom,
  body: Type.Object({ seq: Count }, strict),
  status: 200,
  result: Type.Object({ readSeq: Count }, strict),
  problems: ['room-not-found'],
})

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
export const ReadMoved = event('read.moved', Type.Object({ roomId: Id, readSeq: Count }, strict))
