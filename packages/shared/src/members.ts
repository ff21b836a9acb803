import { Type, type Static } from 'typebox'
import { endpoint, event } from './contract.ts'
import { strict } from './shapes.ts'
import { Count, Id, Time } from './ids.ts'
import { nextByName, pageByName } from './paging.ts'
import { named } from './people.ts'
import { InRoom, RoomRole } from './rooms.ts'

export const Member = Type.Object({ personId: Id, role: RoomRole, joinedAt: Time }, strict)
export type Member = Static<typeof Member>

/** A page of members: owners first, then moderators, each by name. */
export const MemberPage = Type.Object(
  {
    members: Type.Array(Member),
    /** How many owners the room has. */
    owners: Count,
    rev: Count,
    named,
    next: nextByName,
  },
  strict,
)
export type MemberPage = Static<typeof MemberPage>

export const listMembers = endpoint({
  method: 'GET',
  path: '/v1/rooms/:roomId/members',
  summary: 'List or search the members of a room, a page at a time',
  tag: 'members',
  access: 'person',
  limit: 'checking',
  params: InRoom,
  query: Type.Object(pageByName, strict),
  status: 200,
  result: MemberPage,
  problems: ['room-not-found'],
})

export const addMember = endpoint({
  method: 'POST',
  path: '/v1/rooms/:roomId/members',
  summary: 'Add a member to a room',
  tag: 'members',
  access: 'person',
  limit: 'sensitive',
  params: InRoom,
  body: Type.Object({ personId: Id }, strict),
  status: 200,
  result: Member,
  problems: [
    'room-not-found',
    'person-not-found',
    'not-allowed',
    'kept-out',
    'too-many-rooms',
    'person-in-too-many-rooms',
  ],
})

const OfRoom = Type.Object({ ...InRoom.properties, personId: Id }, strict)

export const updateMember = endpoint({
  method: 'PATCH',
  path: '/v1/rooms/:roomId/members/:personId',
  summary: 'Change a member’s role',
  tag: 'members',
  access: 'person',
  limit: 'sensitive',
  params: OfRoom,
  body: Type.Object({ role: RoomRole }, strict),
  status: 200,
  result: Member,
  problems: ['room-not-found', 'person-not-found', 'not-allowed', 'last-owner'],
})

/**
 * After the response the person receives nothing more from the room, whatever their client does. A person who was
 * removed from an open room cannot rejoin it until a member adds them; other rooms cannot be joined anyway.
 */
export const removeMember = endpoint({
  method: 'DELETE',
  path: '/v1/rooms/:roomId/members/:personId',
  summary: 'Remove a member, or leave the room',
  tag: 'members',
  access: 'person',
  limit: 'defending',
  params: OfRoom,
  query: Type.Object({ keepOut: Type.Optional(Type.Literal('true')) }, strict),
  status: 200,
  result: Type.Object({ personId: Id }, strict),
  problems: ['room-not-found', 'person-not-found', 'not-allowed', 'last-owner', 'own-account'],
})

export const MemberJoined = event('member.joined', Member)
export const MemberUpdated = event('member.updated', Member)
export const MemberLeft = event('member.left', Type.Object({ personId: Id }, strict))
