import { authenticateUser, authorizeChannel, authorizeChannels } from './channel-auth.ts'
import type { EndpointDefinition } from './contract.ts'
import { addMember, listMembers } from './members.ts'
import { listChanges, listMessages, postMessage } from './messages.ts'
import { getMe, getPerson, listPeople, updateMe } from './people.ts'
import { createRoom, getRoom, listRooms, moveRead, openDirect } from './rooms.ts'

/** Every endpoint there is, by name: what the tests and the OpenAPI page walk through. */
export const ENDPOINTS = {
  getMe,
  updateMe,
  listPeople,
  getPerson,
  listRooms,
  getRoom,
  createRoom,
  openDirect,
  moveRead,
  listMembers,
  addMember,
  listMessages,
  postMessage,
  listChanges,
  authorizeChannel,
  authorizeChannels,
  authenticateUser,
} as const satisfies Record<string, EndpointDefinition>
