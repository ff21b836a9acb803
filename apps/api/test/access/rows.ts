import type { Input } from '@conclave/shared/contract'
import type { ENDPOINTS } from '@conclave/shared/endpoints'
import type { ProblemSlug } from '@conclave/shared/problems'
import { v7 } from 'uuid'
import { NOWHERE } from '../data-rooms.ts'
import type { ActorName, Cast, Scene } from './cast.ts'

/** Endpoints for people. Endpoints for vendors need a signature or a secret, and have tests of their own. */
export type EndpointName = {
  [Name in keyof typeof ENDPOINTS]: (typeof ENDPOINTS)[Name]['access'] extends 'person'
    ? Name
    : never
}[keyof typeof ENDPOINTS]
export type Outcome = ProblemSlug | 'done'
/** Callers with access to the api. */
export type LetIn = Exclude<ActorName, 'nobody' | 'blocked' | 'signedOut'>

/**
 * Which ids a request names: of the scene, of a room of the outsider's, of an open room that nobody who asks is in, of nothing,
 * or two that do not belong together.
 */
const IDS = ['ours', 'theirs', 'open', 'missing', 'crossed'] as const
export type Ids = (typeof IDS)[number]

export interface Row<Name extends EndpointName = EndpointName> {
  /** Which ids there are to name. */
  ids: readonly Ids[]
  /** The request, with these ids. */
  request: (given: { cast: Cast; scene: Scene; ids: Ids }) => Input<(typeof ENDPOINTS)[Name]>
  /** The outcome with ids of the scene. */
  ours: Record<LetIn, Outcome>
  /** The outcome with other ids; a single value if it is the same for everybody. */
  others?: Outcome | Record<LetIn, Outcome>
  /** What the owner of an archived room is answered, where that is not `room-archived`. */
  archived?: Outcome
  /** With ids that do not belong together, where that is something else. */
  crossed?: Record<LetIn, Outcome>
}

const everyone = (outcome: Outcome): Record<LetIn, Outcome> => ({
  outsider: outcome,
  former: outcome,
  member: outcome,
  moderator: outcome,
  owner: outcome,
  admin: outcome,
})

/** For outsiders the room does not exist, whatever the request. */
const insiders = (
  member: Outcome,
  moderator: Outcome = member,
  owner: Outcome = moderator,
): Record<LetIn, Outcome> => ({ ...everyone('room-not-found'), member, moderator, owner })

/** Names no ids. */
const plain = <Name extends EndpointName>(
  input: Input<(typeof ENDPOINTS)[Name]>,
  ours = everyone('done'),
): Row<Name> => ({ ids: ['ours'], request: () => input, ours })

const onlyAdmins: Record<LetIn, Outcome> = { ...everyone('not-allowed'), admin: 'done' }

function roomId({ cast, scene, ids }: { cast: Cast; scene: Scene; ids: Ids }): string {
  if (ids === 'missing') return NOWHERE
  if (ids === 'open') return cast.open.roomId
  return ids === 'theirs' ? scene.theirs.id : scene.room.id
}

function ofRoom<Name extends EndpointName>(
  outcomes: Record<LetIn, Outcome>,
  more: object | ((given: { cast: Cast; scene: Scene }) => object) = {},
): Row<Name> {
  return {
    ids: ['ours', 'theirs', 'open', 'missing'],
    request: ({ ids, scene, cast }) =>
      ({
        params: { roomId: roomId({ cast, scene, ids }) },
        ...(typeof more === 'function' ? more({ cast, scene }) : more),
      }) as Input<(typeof ENDPOINTS)[Name]>,
    ours: outcomes,
    others: 'room-not-found',
  }
}

/** Of a person in a room: crossed, they are in another room. */
function ofMember<Name extends EndpointName>(
  row: Pick<Row<Name>, 'ours' | 'crossed' | 'archived'>,
  more: object = {},
): Row<Name> {
  return {
    ids: IDS,
    request: ({ cast, scene, ids }) =>
      ({
        params: {
          roomId: roomId({ cast, scene, ids }),
          personId: ids === 'crossed' ? cast.outsider.id : cast.bystander.id,
        },
        ...more,
      }) as unknown as Input<(typeof ENDPOINTS)[Name]>,
    others: 'room-not-found',
    ...row,
  }
}

/** Of a message in a room: crossed, the room has no such message. */
function ofMessage<Name extends EndpointName>(
  outcomes: Record<LetIn, Outcome>,
  more: object = {},
): Row<Name> {
  return {
    ids: ['ours', 'open', 'missing', 'crossed'],
    request: ({ cast, scene, ids }) =>
      ({
        params: {
          roomId: roomId({ cast, scene, ids }),
          messageId: messageIdOf({ cast, scene, ids }),
        },
        ...more,
      }) as unknown as Input<(typeof ENDPOINTS)[Name]>,
    ours: outcomes,
    others: 'room-not-found',
    crossed: insiders('message-not-found'),
  }
}

function messageIdOf({ cast, scene, ids }: { cast: Cast; scene: Scene; ids: Ids }): string {
  if (ids === 'crossed') return NOWHERE
  return ids === 'open' ? cast.open.messageId : scene.messageId
}

/** Of a person in the workspace. */
function ofPerson<Name extends EndpointName>(
  ours: Record<LetIn, Outcome>,
  whom: (cast: Cast) => string,
  more: object = {},
): Row<Name> {
  return {
    others: { ...ours, admin: ours.admin === 'done' ? 'person-not-found' : ours.admin },
    ids: ['ours', 'missing'],
    request: ({ cast, ids }) =>
      ({
        params: { personId: ids === 'ours' ? whom(cast) : NOWHERE },
        ...more,
      }) as unknown as Input<(typeof ENDPOINTS)[Name]>,
    ours,
  }
}

/** What every kind of caller may do at every endpoint. A missing endpoint is a compile error. */
export const ROWS: { [Name in EndpointName]: Row<Name> } = {
  getMe: plain<'getMe'>({}),
  updateMe: plain<'updateMe'>({ body: { status: 'busy' } }),
  listPeople: {
    ids: ['ours', 'theirs', 'open', 'missing'],
    request: ({ cast, scene, ids }) => ({ query: { outside: roomId({ cast, scene, ids }) } }),
    ours: insiders('done'),
    others: 'room-not-found',
  },
  getPeople: {
    ids: ['ours', 'missing'],
    request: ({ cast, ids }) => ({
      query: { ids: ids === 'ours' ? cast.bystander.id : NOWHERE },
    }),
    ours: everyone('done'),
    others: 'done',
  },
  listPeopleChanges: plain<'listPeopleChanges'>({ query: { after: '0' } }),
  listRooms: plain<'listRooms'>({}),
  lookAtRooms: plain<'lookAtRooms'>({}),
  listDirectory: plain<'listDirectory'>({}),
  createRoom: plain<'createRoom'>({ body: { kind: 'closed', name: 'Another' } }),
  listSessions: plain<'listSessions'>({}),

  getPerson: {
    ...ofPerson<'getPerson'>(everyone('done'), ({ bystander }) => bystander.id),
    others: 'person-not-found',
  },
  openDirect: {
    ids: ['ours', 'missing'],
    request: ({ cast, ids }) => ({
      body: { people: [ids === 'ours' ? cast.bystander.id : NOWHERE] },
    }),
    ours: everyone('done'),
    others: 'person-not-found',
  },
  // It would end the cast's own sessions; sessions.test.ts tests it.
  endSession: {
    ids: ['missing'],
    request: () => ({ params: { sessionId: NOWHERE } }),
    ours: everyone('done'),
    others: 'session-not-found',
  },
  endSessions: { ids: [], request: () => ({}), ours: everyone('done') },

  getRoom: ofRoom<'getRoom'>(insiders('done')),
  moveRead: { ...ofRoom<'moveRead'>(insiders('done'), { body: { seq: 1 } }), archived: 'done' },
  // Rooms that the caller is not in are left out; reading.test.ts tests it.
  setReads: {
    ids: ['ours', 'theirs', 'open', 'missing'],
    request: ({ cast, scene, ids }) => ({
      body: { rooms: [{ roomId: roomId({ cast, scene, ids }), seq: 1 }] },
    }),
    ours: everyone('done'),
    others: 'done',
    archived: 'done',
  },
  updateRoomSettings: {
    ...ofRoom<'updateRoomSettings'>(insiders('not-allowed', 'done'), {
      body: { notifyAll: 'moderators' },
    }),
    archived: 'done',
  },
  listMembers: ofRoom<'listMembers'>(insiders('done')),
  countOnline: ofRoom<'countOnline'>(insiders('done')),
  // As the address of a message asks; the end of a room is asked for in the other tests.
  listMessages: ofRoom<'listMessages'>(insiders('done'), { query: { around: '1' } }),
  listChanges: ofRoom<'listChanges'>(insiders('done'), { query: { after: '0' } }),
  listQuotes: ofRoom<'listQuotes'>(insiders('done'), ({ scene }) => ({
    query: { ids: scene.messageId },
  })),
  // With everything that a message may name: crossed, it answers one of another room.
  postMessage: {
    ids: ['ours', 'theirs', 'open', 'missing', 'crossed'],
    request: ({ cast, scene, ids }) => ({
      params: { roomId: roomId({ cast, scene, ids }) },
      body: {
        id: v7(),
        text: `<@${cast.bystander.id}> <@${cast.outsider.id}> <!room> A word`,
        ...(ids === 'ours' ? { replyTo: scene.messageId } : {}),
        ...(ids === 'open' || ids === 'crossed' ? { replyTo: cast.open.messageId } : {}),
      },
    }),
    ours: insiders('done'),
    others: 'room-not-found',
    crossed: insiders('message-not-found'),
  },
  listReactions: ofMessage<'listReactions'>(insiders('done')),
  search: plain<'search'>({ query: { q: 'word' } }),
  setReaction: ofMessage<'setReaction'>(insiders('done'), {
    body: { emoji: '👍', reacted: true },
  }),
  editMessage: ofMessage<'editMessage'>(insiders('not-allowed', 'not-allowed', 'done'), {
    body: { text: 'Put better' },
  }),
  listVersions: ofMessage<'listVersions'>(insiders('done'), { query: {} }),
  removeMessage: {
    ...ofMessage<'removeMessage'>(insiders('not-allowed', 'done')),
    archived: 'done',
  },
  // Anybody may join an open room; members.test.ts tests it.
  addMember: {
    ...ofRoom<'addMember'>(insiders('not-allowed', 'done'), ({ cast }) => ({
      body: { personId: cast.former.id },
    })),
    ids: ['ours', 'theirs', 'missing'],
    archived: 'not-allowed',
  },
  updateMember: ofMember<'updateMember'>(
    {
      ours: insiders('not-allowed', 'not-allowed', 'done'),
      crossed: insiders('person-not-found'),
      archived: 'done',
    },
    { body: { role: 'moderator' } },
  ),
  removeMember: ofMember<'removeMember'>({
    ours: insiders('not-allowed', 'done'),
    crossed: insiders('person-not-found'),
    archived: 'done',
  }),

  // Channels have a matrix of their own.
  authorizeChannel: {
    ids: ['missing'],
    request: () => ({ body: { socket_id: '1.1', channel_name: 'private-x' } }),
    ours: everyone('done'),
    others: 'channel-not-found',
  },
  authorizeChannels: plain<'authorizeChannels'>({
    body: { socket_id: '1.1', channel_names: ['private-x'] },
  }),
  authenticateUser: plain<'authenticateUser'>({ body: { socket_id: '1.1' } }),

  getWorkspace: plain<'getWorkspace'>({}),
  updateWorkspace: plain<'updateWorkspace'>(
    { body: { editWindowMinutes: null, showVersions: true } },
    onlyAdmins,
  ),
  listAdminPeople: plain<'listAdminPeople'>({}, onlyAdmins),
  listAudit: plain<'listAudit'>({ query: { limit: '1' } }, onlyAdmins),
  updatePersonRole: ofPerson<'updatePersonRole'>(
    everyone('not-allowed'),
    ({ bystander }) => bystander.id,
    { body: { role: 'admin' } },
  ),
  blockPerson: ofPerson<'blockPerson'>(onlyAdmins, ({ blocked }) => blocked.id, { body: {} }),
  unblockPerson: ofPerson<'unblockPerson'>(onlyAdmins, ({ bystander }) => bystander.id),
}
