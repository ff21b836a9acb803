import { Type } from 'typebox'
import { endpoint } from './contract.ts'
import { Count } from './ids.ts'
import { InRoom } from './rooms.ts'
import { strict } from './shapes.ts'

/** No more are counted, so that the answer costs the same in a room of any size. */
export const ONLINE_COUNTED_MAX = 1_000

export const countOnline = endpoint({
  method: 'GET',
  path: '/v1/rooms/:roomId/online',
  summary: 'Count the other members of a room who are online, as far as a thousand',
  tag: 'members',
  access: 'person',
  limit: 'reading',
  params: InRoom,
  status: 200,
  result: Type.Object({ online: Count }, strict),
  problems: ['room-not-found'],
})
