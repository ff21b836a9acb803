import { Type } from 'typebox'
import { endpoint } from './contract.ts'
import { Id } from './ids.ts'
import { Name, NameOrEmpty } from './names.ts'
import { DIRECT_MAX_PEOPLE, Room } from './rooms.ts'
import { strict } from './shapes.ts'

// Apart from rooms.ts, because the first view of a page need not know which names are allowed.

export const ROOM_NAME_MAX_CHARS = 80
export const ROOM_TOPIC_MAX_CHARS = 250

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
