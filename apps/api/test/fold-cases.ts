import { blockPerson, unblockPerson, updatePersonRole } from '@conclave/shared/admin'
import type { ENDPOINTS } from '@conclave/shared/endpoints'
import type { PersonEvent, RoomEvent, TeamEvent } from '@conclave/shared/events'
import { addMember, removeMember, updateMember } from '@conclave/shared/members'
import { type Message, postMessage } from '@conclave/shared/messages'
import { getMe, updateMe } from '@conclave/shared/people'
import { setReaction } from '@conclave/shared/reactions'
import { updateWorkspace } from '@conclave/shared/workspace'
import { moveRead, type Room } from '@conclave/shared/rooms'
import { createRoom, openDirect } from '@conclave/shared/rooms.create'
import { setReads } from '@conclave/shared/rooms.reads'
import { updateRoomSettings } from '@conclave/shared/rooms.settings'
import { endSession, endSessions, listSessions } from '@conclave/shared/sessions'
import { v7 } from 'uuid'
import { type Colleague, newcomer } from './data-people.ts'
import { announceNow } from './data-presence.ts'
import { edit, remove, say } from './data-rooms.ts'
import { setVendor } from './data-vendor.ts'
import { personChannel, sendAuth0Event, sendWebhook } from './data-webhooks.ts'
import type { Harness } from './harness.ts'

type EventType = (RoomEvent | PersonEvent | TeamEvent)['type']
type EndpointName = keyof typeof ENDPOINTS
/** Every request but a GET may change what clients hold; and the first GET of my profile stores me. */
type ActionName =
  | 'getMe'
  | {
      [Name in EndpointName]: (typeof ENDPOINTS)[Name]['method'] extends 'GET' ? never : Name
    }[EndpointName]

/** Alice owns the workspace and the room, Bob is in it; Mallory is outside, and somebody else in each case. */
interface FoldWorld {
  harness: Harness
  alice: Colleague
  bob: Colleague
  mallory: Colleague
  room: Room
  /** Held by everybody already, so that what becomes of it has to be told. */
  message: Message
}

export interface FoldCase {
  /** What has to have happened before anything is held. */
  given?: (world: Pick<FoldWorld, 'harness' | 'alice' | 'mallory'>) => Promise<unknown>
  /** Every event that it emits. */
  makes: readonly EventType[]
  act: (world: FoldWorld) => Promise<unknown>
}

/** For every action there is: what was held, folded with the events it made, has to be what is fetched afterwards. */
export const FOLD_CASES = {
  getMe: {
    makes: ['person.joined', 'member.joined', 'room.joined'],
    act: async ({ harness }) => newcomer(harness),
  },
  updateMe: {
    makes: ['person.updated'],
    act: async ({ bob }) => bob.call(updateMe, { body: { status: 'busy' } }),
  },
  createRoom: {
    makes: ['room.joined'],
    act: async ({ bob }) => bob.call(createRoom, { body: { kind: 'open', name: 'Tea' } }),
  },
  openDirect: {
    makes: ['room.joined'],
    act: async ({ alice, bob }) => alice.call(openDirect, { body: { people: [bob.id] } }),
  },
  postMessage: {
    makes: ['message.posted'],
    act: async ({ alice, bob, room }) =>
      say(alice, room.id, `<@${bob.id}> <!room> Is the kettle on?`),
  },
  'a reply': {
    makes: ['message.posted'],
    act: async ({ bob, room, message }) =>
      bob.call(postMessage, {
        params: { roomId: room.id },
        body: { id: v7(), text: 'It is.', replyTo: message.id },
      }),
  },
  setReaction: {
    makes: ['message.changed'],
    act: async ({ bob, room, message }) =>
      bob.call(setReaction, {
        params: { roomId: room.id, messageId: message.id },
        body: { emoji: '👍', reacted: true },
      }),
  },
  editMessage: {
    makes: ['message.changed'],
    act: async ({ alice, bob, message }) => {
      await edit(alice, message, `Said before all that, <@${bob.id}>`)
      await edit(alice, message, `Said before that, <@${bob.id}>`)
    },
  },
  removeMessage: {
    makes: ['message.changed'],
    act: async ({ alice, bob, room, message }) => {
      await bob.call(setReaction, {
        params: { roomId: room.id, messageId: message.id },
        body: { emoji: '👍', reacted: true },
      })
      await remove(alice, message)
    },
  },
  'a message that a moderator removes': {
    makes: ['member.updated', 'role.changed', 'message.changed'],
    act: async ({ alice, bob, room, message }) => {
      const params = { roomId: room.id, personId: bob.id }
      await alice.call(updateMember, { params, body: { role: 'moderator' } })
      await remove(bob, message)
    },
  },
  /** The reader of the log makes this event, of a message that has changed before it was told of. */
  'a message that changes while the vendor is away': {
    makes: ['message.superseded', 'message.changed'],
    act: async ({ harness, alice, room }) => {
      await setVendor(harness, { mode: 'down' })
      const message = await say(alice, room.id, 'Is the kettel on?')
      await edit(alice, message, 'Is the kettle on?')
      await setVendor(harness, { mode: 'none' })
    },
  },
  moveRead: {
    makes: ['message.posted', 'read.moved'],
    act: async ({ alice, bob, room }) => {
      await say(alice, room.id, 'It is.')
      await bob.call(moveRead, { params: { roomId: room.id }, body: { seq: 1 } })
    },
  },
  /** Of positions that are set back, a client cannot know what comes after them: client-connection.test.ts. */
  setReads: {
    makes: ['message.posted', 'reads.set'],
    act: async ({ alice, bob, room }) => {
      await say(alice, room.id, 'It is.')
      await bob.call(setReads, { body: { rooms: [{ roomId: room.id, seq: 2 }] } })
    },
  },
  updateRoomSettings: {
    makes: ['room.updated'],
    act: async ({ alice, room }) =>
      alice.call(updateRoomSettings, {
        params: { roomId: room.id },
        body: { notifyAll: 'moderators' },
      }),
  },
  addMember: {
    makes: ['member.joined', 'message.posted', 'room.joined'],
    act: async ({ alice, mallory, room }) =>
      alice.call(addMember, { params: { roomId: room.id }, body: { personId: mallory.id } }),
  },
  updateMember: {
    makes: ['member.updated', 'role.changed'],
    act: async ({ alice, bob, room }) =>
      alice.call(updateMember, {
        params: { roomId: room.id, personId: bob.id },
        body: { role: 'moderator' },
      }),
  },
  removeMember: {
    makes: ['member.left', 'message.posted', 'room.left', 'rekeyed'],
    act: async ({ alice, bob, room }) =>
      alice.call(removeMember, { params: { roomId: room.id, personId: bob.id } }),
  },
  updatePersonRole: {
    makes: ['person.updated'],
    act: async ({ alice, bob }) =>
      alice.call(updatePersonRole, { params: { personId: bob.id }, body: { role: 'admin' } }),
  },
  blockPerson: {
    makes: ['person.updated', 'rekeyed'],
    act: async ({ alice, mallory }) =>
      alice.call(blockPerson, { params: { personId: mallory.id }, body: {} }),
  },
  unblockPerson: {
    makes: ['person.updated'],
    given: async ({ alice, mallory }) =>
      alice.call(blockPerson, { params: { personId: mallory.id }, body: {} }),
    act: async ({ alice, mallory }) =>
      alice.call(unblockPerson, { params: { personId: mallory.id } }),
  },
  endSession: {
    makes: ['rekeyed'],
    given: async ({ harness, mallory }) => (await harness.as(mallory.email)).call(getMe, {}),
    act: async ({ mallory }) => {
      const { sessions } = await mallory.call(listSessions, {})
      // Her own session disconnects by itself; another is rekeyed.
      const elsewhere = sessions.find(({ current }) => !current)
      await mallory.call(endSession, { params: { sessionId: elsewhere!.id } })
    },
  },
  endSessions: {
    makes: ['rekeyed'],
    act: async ({ mallory }) => mallory.call(endSessions, {}),
  },
  receivePusherWebhook: {
    makes: ['presence.updated'],
    act: async ({ harness, bob }) => {
      const channel = await personChannel(harness, bob.id)
      await sendWebhook(harness, [{ name: 'channel_occupied', channel }])
      await announceNow(harness)
    },
  },
  receiveAuth0Event: {
    makes: ['person.updated', 'rekeyed'],
    act: async ({ harness, mallory }) => {
      harness.auth0.block(mallory.email)
      await sendAuth0Event(harness, mallory.id, { blocked: true })
    },
  },
  updateWorkspace: {
    makes: ['workspace.updated'],
    act: async ({ alice }) =>
      alice.call(updateWorkspace, { body: { editWindowMinutes: 60, showVersions: false } }),
  },
  authorizeChannel: asksOnly(),
  authorizeChannels: asksOnly(),
  authenticateUser: asksOnly(),
} as const satisfies Record<ActionName, FoldCase> & Record<string, FoldCase>

/** An action that signs something for its caller and changes nothing. */
function asksOnly(): FoldCase {
  return { makes: [], act: async () => undefined }
}
