import { Type, type Static } from 'typebox'
import { endpoint } from './contract.ts'
import { InRoom, NotifyAll } from './rooms.ts'
import { strict } from './shapes.ts'

/** What owners and moderators decide for everybody in a room. */
export const RoomSettings = Type.Object({ notifyAll: NotifyAll }, strict)
export type RoomSettings = Static<typeof RoomSettings>

export const updateRoomSettings = endpoint({
  method: 'PUT',
  path: '/v1/rooms/:roomId/settings',
  summary: 'Set who may write to everybody in the room at once; the same again changes nothing',
  tag: 'rooms',
  access: 'person',
  limit: 'sensitive',
  params: InRoom,
  body: RoomSettings,
  status: 200,
  result: RoomSettings,
  problems: ['room-not-found', 'not-allowed'],
})
