import type { Input } from '@conclave/shared/contract'
import { ENDPOINTS } from '@conclave/shared/endpoints'
import { getMe } from '@conclave/shared/people'
import type { Room } from '@conclave/shared/rooms'
import { listSessions } from '@conclave/shared/sessions'
import { v7 } from 'uuid'
import { expect } from 'vitest'
import type { Colleague } from './data-people.ts'
import { roomOf, say } from './data-rooms.ts'
import { personChannel } from './data-webhooks.ts'
import { sampleInput } from './text-fields.ts'
import type { Harness } from './harness.ts'
import { hear, open } from './raw-socket.ts'

/** Bob may do anything: he owns the workspace as Alice does, and a room in which Carol is. Mallory is blocked. */
export interface World {
  alice: Colleague
  bob: Colleague
  carol: Colleague
  mallory: Colleague
  room: Room
  /** What Carol has said in it. */
  messageId: string
  /** What Bob has said in it. */
  ownMessageId: string
  /** A session of Bob's in another place. */
  sessionId: string
  /** The channel of his own notices. */
  channel: string
}

/** Every endpoint that changes or signs something for a person, taken from the contract. */
export type WriteName = {
  [Name in keyof typeof ENDPOINTS]: (typeof ENDPOINTS)[Name]['access'] extends 'person'
    ? (typeof ENDPOINTS)[Name]['method'] extends 'GET'
      ? never
      : Name
    : never
}[keyof typeof ENDPOINTS]

const ofRoom = ({ room }: World) => ({ params: { roomId: room.id } })
const ofCarol = ({ room, carol }: World) => ({ params: { roomId: room.id, personId: carol.id } })

export const WRITE_NAMES = (Object.keys(ENDPOINTS) as (keyof typeof ENDPOINTS)[]).filter(
  (name): name is WriteName =>
    ENDPOINTS[name].access === 'person' && ENDPOINTS[name].method !== 'GET',
)

/** Endpoints for which a sample of the contract with the ids of this world would change nothing. */
const WRITES: { [Name in WriteName]?: (world: World) => Input<(typeof ENDPOINTS)[Name]> } = {
  updateMe: () => ({ body: { status: 'busy' } }),
  createRoom: () => ({ body: { kind: 'open', name: 'Another' } }),
  openDirect: ({ carol }) => ({ body: { people: [carol.id] } }),
  moveRead: (world) => ({ ...ofRoom(world), body: { seq: 1 } }),
  setReads: ({ room }) => ({ body: { rooms: [{ roomId: room.id, seq: 1 }] } }),
  updateRoomSettings: (world) => ({ ...ofRoom(world), body: { notifyAll: 'moderators' } }),
  editMessage: ({ room, ownMessageId }) => ({
    params: { roomId: room.id, messageId: ownMessageId },
    body: { text: 'Another word' },
  }),
  removeMessage: ({ room, ownMessageId }) => ({
    params: { roomId: room.id, messageId: ownMessageId },
  }),
  updateWorkspace: () => ({ body: { editWindowMinutes: 60, showVersions: false } }),
  addMember: (world) => ({ ...ofRoom(world), body: { personId: world.alice.id } }),
  updateMember: (world) => ({ params: ofCarol(world).params, body: { role: 'moderator' } }),
  removeMember: ofCarol,
  postMessage: (world) => ({ ...ofRoom(world), body: { id: v7(), text: 'A word' } }),
  authorizeChannel: ({ channel }) => ({ body: { socket_id: '1.1', channel_name: channel } }),
  authorizeChannels: ({ channel }) => ({ body: { socket_id: '1.1', channel_names: [channel] } }),
  authenticateUser: () => ({ body: { socket_id: '1.1' } }),
  endSession: ({ sessionId }) => ({ params: { sessionId } }),
  endSessions: () => ({}),
  updatePersonRole: ({ carol }) => ({ params: { personId: carol.id }, body: { role: 'admin' } }),
  blockPerson: ({ carol }) => ({ params: { personId: carol.id }, body: {} }),
  unblockPerson: ({ mallory }) => ({ params: { personId: mallory.id } }),
}

/** One of these requests as Bob may send it. */
export function writeOf(world: World, name: WriteName): Input<(typeof ENDPOINTS)[WriteName]> {
  const { room, carol, messageId, sessionId } = world
  const ids = { roomId: room.id, personId: carol.id, messageId, sessionId }
  return (WRITES[name]?.(world) ?? sampleInput(ENDPOINTS[name], ids)) as never
}

/** Every endpoint that reads something for a person. */
export type ReadName = {
  [Name in keyof typeof ENDPOINTS]: (typeof ENDPOINTS)[Name]['access'] extends 'person'
    ? (typeof ENDPOINTS)[Name]['method'] extends 'GET'
      ? Name
      : never
    : never
}[keyof typeof ENDPOINTS]

/**
 * Those of them that can come to wait once they are authenticated, for a lock on one of `READ_TABLES`. Sessions are read to
 * authenticate; reading the audit log writes, and is one of `WAITING_NAMES`.
 */
export const READ_NAMES = (Object.keys(ENDPOINTS) as (keyof typeof ENDPOINTS)[]).filter(
  (name): name is ReadName =>
    ENDPOINTS[name].access === 'person' &&
    ENDPOINTS[name].method === 'GET' &&
    name !== 'listSessions' &&
    name !== 'listAudit',
)
export const READ_TABLES = 'messages, presence, workspace'

/** One of these requests as Bob may send it. */
export function readOf(world: World, name: ReadName): Input<(typeof ENDPOINTS)[ReadName]> {
  const { room, carol, messageId } = world
  const ids = name === 'listQuotes' ? messageId : carol.id
  const named = { roomId: room.id, personId: carol.id, messageId, ids, after: '0' }
  return sampleInput(ENDPOINTS[name], named) as never
}

const SIGNS_ONLY = ['authorizeChannel', 'authorizeChannels', 'authenticateUser'] as const

/** Endpoints that write in a transaction that may have to wait; reading the audit log writes an entry. */
export type WaitingName = 'listAudit' | Exclude<WriteName, (typeof SIGNS_ONLY)[number]>
export const WAITING_NAMES: WaitingName[] = [
  'listAudit',
  ...WRITE_NAMES.filter(
    (name): name is Exclude<WaitingName, 'listAudit'> => !SIGNS_ONLY.includes(name as never),
  ),
]

const roomOfWorld = ({ room }: World) => `select from rooms where id = '${room.id}' for update`
const newRooms = () => 'lock table rooms in share mode'
const rowOf = ({ id }: Colleague) => `select from people where id = '${id}' for update`
const sessionsOf = ({ id }: Colleague) =>
  `select from sessions where person_id = '${id}' for update`

/** A lock that it comes to wait for: that of the room, unless it is said otherwise here. */
export function awaitedBy(world: World, name: WaitingName): string {
  return (AWAITED[name] ?? roomOfWorld)(world)
}

const AWAITED: Partial<Record<WaitingName, (world: World) => string>> = {
  updateMe: () => 'select from team for update',
  createRoom: newRooms,
  openDirect: newRooms,
  moveRead: ({ bob }) => `select from memberships where person_id = '${bob.id}' for update`,
  setReads: ({ bob }) => `select from memberships where person_id = '${bob.id}' for update`,
  updateWorkspace: () => 'select pg_advisory_xact_lock(workspace_lock())',
  endSession: ({ bob }) => sessionsOf(bob),
  endSessions: ({ bob }) => sessionsOf(bob),
  updatePersonRole: ({ carol }) => rowOf(carol),
  blockPerson: ({ carol }) => rowOf(carol),
  unblockPerson: ({ mallory }) => rowOf(mallory),
  listAudit: () => 'select from audit_head for update',
}

/** Restores the world, whatever was done in it. */
export async function setOut(
  harness: Harness,
  people: Pick<World, 'alice' | 'bob' | 'carol' | 'mallory'>,
): Promise<World> {
  const { alice, carol, mallory } = people
  await harness.sql`
    update people set
      blocked_at = null, not_before = null, status = 'available',
      role = case when id = any (${[alice.id, people.bob.id]}) then 'owner' else 'member' end`
  await harness.sql`update people set blocked_at = now() where id = ${mallory.id}`
  await harness.sql`update workspace set edit_window_minutes = null, show_versions = true`
  harness.auth0.unblock(people.bob.email)
  await harness.sql`
    delete from memberships using rooms where rooms.id = room_id and rooms.kind = 'direct'`
  await harness.sql`delete from rooms where kind = 'direct'`
  const [elsewhere, here] = [await signIn(harness), await signIn(harness)]
  const bob = { ...people.bob, ...here }
  const room = await roomOf(bob, 'closed', [carol])
  const { id: messageId } = await say(carol, room.id, 'Hello')
  const { id: ownMessageId } = await say(bob, room.id, 'Good morning')
  const channel = await personChannel(harness, bob.id)
  const { sessionId } = elsewhere
  return { alice, bob, carol, mallory, room, messageId, ownMessageId, channel, sessionId }
}

/** Sends one of Bob's requests without the end of its body, and waits until it is authenticated. */
export async function begin(harness: Harness, world: World, name: WriteName) {
  const { method, path } = ENDPOINTS[name]
  const input = writeOf(world, name) as { params?: Record<string, string>; body?: object }
  const { params = {}, body } = input
  const text = JSON.stringify(body ?? {})
  // A new session: once it is stored, the request was authenticated.
  const token = await harness.auth0.accessTokenFor('bob@example.com')
  const socket = open(harness.url)
  const lines = [
    `${method} ${path.replaceAll(/:(\w+)/g, (_, key: string) => params[key] ?? '')} HTTP/1.1`,
    'Host: x',
    `Authorization: Bearer ${token}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(text)}`,
    'Connection: close',
  ]
  socket.write(`${lines.join('\r\n')}\r\n\r\n${text.slice(0, -1)}`)
  await expect.poll(async () => isNoted(harness, token)).toBe(true)
  return async () => {
    socket.write(text.slice(-1))
    const { statuses, text: answer } = await hear(socket)
    return { status: statuses[0] ?? 0, body: answer.split('\r\n\r\n')[1] ?? '' }
  }
}

/** Everything that Bob's requests would change. */
export async function doneSoFar({ sql }: Harness) {
  const [done] = await sql`
    select
      (select json_agg(json_build_array(id, role, status, blocked_at) order by id) from people)
        as people,
      (select json_agg(json_build_array(id, notify_all) order by id) from rooms) as rooms,
      (select to_json(workspace) from workspace) as workspace,
      (
        select json_agg(json_build_array(room_id, person_id, role, read_seq) order by room_id, person_id)
        from memberships
      ) as memberships,
      (select json_agg(json_build_array(id, rev) order by id) from messages) as messages,
      (select json_agg(json_build_array(id, ended_at) order by id) from sessions) as sessions,
      (select max(number) from audit where problem is null) as acts`
  return done
}

async function signIn(harness: Harness) {
  const { call, token } = await harness.as('bob@example.com')
  await call(getMe, {})
  const { sessions } = await call(listSessions, {})
  return { call, token, sessionId: sessions.find(({ current }) => current)?.id ?? '' }
}

async function isNoted({ sql }: Harness, token: string): Promise<boolean> {
  const claims = JSON.parse(
    Buffer.from(token.split('.')[1] ?? '', 'base64url').toString(),
  ) as Record<string, string>
  const sid = claims['https://conclave.example/sid'] ?? ''
  return (await sql`select from sessions where sid = ${sid}`).length === 1
}
