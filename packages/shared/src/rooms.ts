import { Type, type Static } from 'typebox'
import { endpoint, event } from './contract.ts'
import { strict } from './shapes.ts'
import { Count, Id, LimitText, Time, WRITTEN_PATTERN } from './ids.ts'
import { Name, NameOrEmpty } from './names.ts'
import { next, pageOfIds } from './paging.ts'

export const ROOM_NAME_MAX_CHARS = 80
export const ROOM_TOPIC_MAX_CHARS = 250
export const DIRECT_MAX_PEOPLE = 8

/** Open: anyone in the team may find and join it. Closed: invisible to outsiders. Direct: exactly these people. */
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

/** A room of mine: what it is, how far it has come and how far I have read. */
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

/** My rooms, at one revision of my own notices; with the epochs, the names of all channels that I may hear. */
export const Rooms = Type.Object(
  {
    rooms: Type.Array(Room),
    rev: Count,
    /** Names the channel of my own notices. */
    epoch: Count,
    /** Names the channel of the team. */
    teamEpoch: Count,
  },
  strict,
)
export type Rooms = Static<typeof Rooms>

export const InRoom = Type.Object({ roomId: Id }, strict)

export const listRooms = endpoint({
  method: 'GET',
  path: '/v1/rooms',
  summary: 'The rooms I am in, a page at a time',
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
  summary: 'One room I am in',
  tag: 'rooms',
  access: 'person',
  limit: 'reading',
  params: InRoom,
  status: 200,
  result: Room,
  problems: ['room-not-found'],
})

/** A room that anyone in the team may join, as it is shown to those who have not. */
export const DirectoryRoom = Type.Object(
  {
    id: Id,
    name: Type.String(),
    topic: Type.String(),
    memberCount: Count,
    joined: Type.Boolean(),
    /** I was taken out and cannot join by myself. */
    keptOut: Type.Boolean(),
    /** When something was last said in it, or null. */
    lastMessageAt: Type.Union([Time, Type.Null()]),
  },
  strict,
)
export type DirectoryRoom = Static<typeof DirectoryRoom>

/** A place in the directory, which is in the order of names: opaque, and only ever the `next` of a page. */
const DirectoryPlace = Type.String({ pattern: '^[A-Za-z0-9_-]{1,2000}$' })

export const listDirectory = endpoint({
  method: 'GET',
  path: '/v1/directory',
  summary: 'The open rooms by name, to find and join, a page at a time',
  tag: 'rooms',
  access: 'person',
  limit: 'reading',
  query: Type.Object(
    {
      after: Type.Optional(DirectoryPlace),
      limit: Type.Optional(LimitText),
      /** What the name has in it, in whatever case. */
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
  summary: 'Open a new room, with me as its owner',
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
  summary: 'The one room of exactly these people and me',
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

/** How far I have read moves forward only, and never past the last message. */
export const moveRead = endpoint({
  method: 'PUT',
  path: '/v1/rooms/:roomId/read',
  summary: 'I have read up to here',
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
/** I left it, or was taken out. */
export const RoomLeft = event('room.left', Type.Object({ roomId: Id }, strict))
export const RoleChanged = event(
  'role.changed',
  Type.Object({ roomId: Id, role: RoomRole }, strict),
)
/** Somebody lost access: these channels have new names and keys. `team` is null where the team's stays. */
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
