import { blockPerson, listAdminPeople, unblockPerson, updatePersonRole } from './admin.ts'
import { listAudit } from './audit.ts'
import { receiveAuth0Event } from './auth0-events.ts'
import { authenticateUser, authorizeChannel, authorizeChannels } from './channel-auth.ts'
import type { EndpointDefinition } from './contract.ts'
import { editMessage, listVersions } from './edits.ts'
import { addMember, listMembers, removeMember, updateMember } from './members.ts'
import { countOnline } from './members.online.ts'
import { listChanges, listMessages, postMessage } from './messages.ts'
import { getMe, getPeople, getPerson, listPeople, listPeopleChanges, updateMe } from './people.ts'
import { receivePusherWebhook } from './presence.ts'
import { listQuotes } from './quotes.ts'
import { listReactions, setReaction } from './reactions.ts'
import { removeMessage } from './removals.ts'
import { getRoom, listDirectory, listRooms, lookAtRooms, moveRead } from './rooms.ts'
import { createRoom, openDirect } from './rooms.create.ts'
import { setReads } from './rooms.reads.ts'
import { updateRoomSettings } from './rooms.settings.ts'
import { search } from './search.ts'
import { endSession, endSessions, listSessions } from './sessions.ts'
import { getWorkspace, updateWorkspace } from './workspace.ts'

/** Every endpoint, by name; tests and the OpenAPI page iterate over them. */
export const ENDPOINTS = {
  getMe,
  updateMe,
  listPeople,
  getPeople,
  listPeopleChanges,
  getPerson,
  listRooms,
  lookAtRooms,
  getRoom,
  listDirectory,
  createRoom,
  openDirect,
  moveRead,
  setReads,
  updateRoomSettings,
  listMembers,
  countOnline,
  addMember,
  updateMember,
  removeMember,
  listMessages,
  postMessage,
  listChanges,
  listQuotes,
  editMessage,
  listVersions,
  removeMessage,
  listReactions,
  setReaction,
  search,
  authorizeChannel,
  authorizeChannels,
  authenticateUser,
  receivePusherWebhook,
  receiveAuth0Event,
  listSessions,
  endSession,
  endSessions,
  listAdminPeople,
  updatePersonRole,
  blockPerson,
  unblockPerson,
  listAudit,
  getWorkspace,
  updateWorkspace,
} as const satisfies Record<string, EndpointDefinition>
