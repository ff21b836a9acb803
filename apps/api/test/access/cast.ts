import { addMember, removeMember, updateMember } from '@conclave/shared/members'
import { postMessage } from '@conclave/shared/messages'
import { createClient, type Call } from '@conclave/shared/client'
import { getMe } from '@conclave/shared/people'
import { getRoom, type Room } from '@conclave/shared/rooms'
import { createRoom } from '@conclave/shared/rooms.create'
import { endSession, listSessions } from '@conclave/shared/sessions'
import { v7 } from 'uuid'
import type { Harness } from '../harness.ts'

/** All kinds of callers, as seen from one closed room; none of them is in the open one. */
export const ACTORS = [
  'nobody',
  'blocked',
  'signedOut',
  'outsider',
  'former',
  'member',
  'moderator',
  'owner',
  'admin',
] as const
export type ActorName = (typeof ACTORS)[number]

/** Callers with access to the api who are not in the room, an admin of the workspace among them. */
export const OUTSIDERS = ['outsider', 'former', 'admin'] as const satisfies ActorName[]
export const INSIDERS = ['member', 'moderator', 'owner'] as const satisfies ActorName[]

interface CastMember {
  id: string
  token: string
  call: Call
}

/** The closed room under test, another room that the outsider owns, and what is in both. */
export interface Scene {
  room: Room
  theirs: Room
  messageId: string
}

/** An open room, which everybody can find and only the bystander is in, and a message in it. */
interface OpenRoom {
  roomId: string
  messageId: string
}

export type Cast = Record<ActorName, CastMember> & {
  open: OpenRoom
  /** A member who makes no requests. */
  bystander: CastMember
  /** Owns the workspace and is in neither room. */
  founder: CastMember
}

export async function gather(harness: Harness): Promise<Cast> {
  const founder = await appear(harness, 'Founder', 'owner')
  const cast = { founder } as Record<string, CastMember>
  for (const name of [...ACTORS, 'bystander']) cast[name] = await appear(harness, name)
  // Without a token; the id is a real person's, so that there is something to refuse.
  cast['nobody'] = withToken(harness, cast['nobody']!.id, '')
  const { admin, blocked } = cast as Cast
  // A person's first request is what signs their session in; no request under test is anybody's first.
  for (const { call } of Object.values(cast).filter(({ token }) => token)) await call(getMe, {})
  await harness.sql`update people set role = 'admin' where id = ${admin.id}`
  await harness.sql`update people set blocked_at = now() where id = ${blocked.id}`
  await signOut(cast as Cast)
  const people = cast as Omit<Cast, 'open'>
  return { ...people, open: await openRoomOf(people.bystander) }
}

async function openRoomOf({ call }: CastMember): Promise<OpenRoom> {
  const { id: roomId } = await call(createRoom, { body: { kind: 'open', name: 'Open' } })
  const messageId = v7()
  await call(postMessage, { params: { roomId }, body: { id: messageId, text: 'Among us' } })
  return { roomId, messageId }
}

/** A new scene. */
export async function setScene(cast: Cast): Promise<Scene> {
  const { owner, moderator, member, former, bystander, outsider } = cast
  const closed = { body: { kind: 'closed' as const, name: 'Closed' } }
  const room = await owner.call(createRoom, closed)
  const params = { roomId: room.id }
  for (const { id: personId } of [moderator, member, former, bystander]) {
    await owner.call(addMember, { params, body: { personId } })
  }
  await owner.call(updateMember, {
    params: { ...params, personId: moderator.id },
    body: { role: 'moderator' },
  })
  await owner.call(removeMember, { params: { ...params, personId: former.id } })
  const messageId = v7()
  await owner.call(postMessage, { params, body: { id: messageId, text: 'Between us' } })
  const theirs = await outsider.call(createRoom, closed)
  await outsider.call(addMember, {
    params: { roomId: theirs.id },
    body: { personId: bystander.id },
  })
  return { room: await owner.call(getRoom, { params }), messageId, theirs }
}

/** An earlier person; inserted, because the emulated tenant has too few people. */
async function appear(harness: Harness, name: string, role = 'member'): Promise<CastMember> {
  const sub = `auth0|${name}`
  const [person] = await harness.sql<{ id: string }[]>`
    insert into people (auth0_sub, name, email, email_verified, role)
    values (${sub}, ${name}, ${`${name}@example.com`}, true, ${role}) returning id`
  const { issuer, audience, clientId: azp } = harness.auth0
  const iat = Math.floor(Date.now() / 1000)
  const claims = { iss: issuer, aud: audience, sub, azp, iat, exp: iat + 3_600 }
  const token = await harness.auth0.signAccessToken({
    ...claims,
    'https://conclave.example/sid': `session of ${name}`,
  })
  return withToken(harness, person?.id ?? '', token)
}

function withToken({ url }: Harness, id: string, token: string): CastMember {
  return { id, token, call: createClient({ baseUrl: url, fetch, token: async () => token }) }
}

async function signOut({ signedOut: { call } }: Cast): Promise<void> {
  const { sessions } = await call(listSessions, {})
  await call(endSession, { params: { sessionId: sessions[0]?.id ?? '' } })
}
