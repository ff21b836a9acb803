import type { createRoom as createRoomEndpoint } from '@conclave/shared/rooms.create'
import type {
  getRoom as getRoomEndpoint,
  listDirectory as listDirectoryEndpoint,
  listRooms as listRoomsEndpoint,
  lookAtRooms as lookAtRoomsEndpoint,
  Room,
  RoomKind,
} from '@conclave/shared/rooms'
import type { Body, Query, Result } from '@conclave/shared/contract'
import type { Actor } from '../../actor.ts'
import type { Context } from '../../context.ts'
import { idPage } from '../../list-page.ts'
import { namePage } from '../../name-page.ts'
import { problem } from '../../problem.ts'
import { emitToPerson } from '../../log/emit.ts'
import { inTransaction, type Transaction } from '../../transaction.ts'
import { recordAct } from '../../audit/record-act.ts'
import { readNamed } from '../people/named.store.ts'
import { lockPeople } from '../people/people.store.ts'
import { readDirectory } from './directory.store.ts'
import { readLook } from './look.store.ts'
import { accessMoreRooms, accessRoomsMade } from './room-bounds.ts'
import { tellJoined } from './room-joining.actions.ts'
import { accessRoom } from './rooms.access.ts'
import {
  advanceRead,
  findDirect,
  insertDirect,
  insertMembership,
  insertRoom,
  readRooms,
} from './rooms.store.ts'

export async function listRooms(
  ctx: Context,
  actor: Actor,
  asked: Query<typeof listRoomsEndpoint>,
): Promise<Result<typeof listRoomsEndpoint>> {
  const rooms = await readRooms(ctx.sql, actor, idPage(asked))
  if (!rooms) throw problem('not-signed-in')
  return { ...rooms, ...(await readNamed(ctx.sql, actor, peopleIn(rooms.rooms))) }
}

export async function lookAtRooms(
  ctx: Context,
  actor: Actor,
  asked: Query<typeof lookAtRoomsEndpoint>,
): Promise<Result<typeof lookAtRoomsEndpoint>> {
  const look = await readLook(ctx.sql, actor, asked)
  if (!look) throw problem('not-signed-in')
  const rooms = look.buckets.flatMap((bucket) => bucket.rooms)
  return { ...look, ...(await readNamed(ctx.sql, actor, peopleIn(rooms))) }
}

/** Problems: `room-not-found`. */
export async function getRoom(
  ctx: Context,
  actor: Actor,
  roomId: string,
): Promise<Result<typeof getRoomEndpoint>> {
  const room = await accessRoom(ctx, actor, roomId)
  return { ...room, ...(await readNamed(ctx.sql, actor, room.people)) }
}

/** Problems: `invalid-request`, for an invalid cursor. */
export async function listDirectory(
  ctx: Context,
  actor: Actor,
  asked: Query<typeof listDirectoryEndpoint>,
): Promise<Result<typeof listDirectoryEndpoint>> {
  const rooms = await readDirectory(ctx.sql, actor, namePage(asked))
  if (!rooms) throw problem('not-signed-in')
  return rooms
}

export async function createRoom(
  ctx: Context,
  actor: Actor,
  { kind, name, topic = '' }: Body<typeof createRoomEndpoint>,
): Promise<Room> {
  const { personId } = actor
  const roomId = await inTransaction(ctx, actor, async (tx) => {
    const roomId = await insertRoom(tx.sql, { kind, name, topic, createdBy: personId })
    await lockPeople(tx.sql, [personId])
    await accessRoomsMade(tx, actor, 'other')
    await accessMoreRooms(tx, actor, [personId])
    await insertMembership(tx.sql, { roomId, personId, role: 'owner' })
    await tellJoined(tx, roomId, personId)
    recordCreated(tx, actor, roomId, kind)
    return roomId
  })
  return accessRoom(ctx, actor, roomId)
}

/** Finds or creates the room; two people who open it at the same time get the same one. */
export async function openDirect(ctx: Context, actor: Actor, others: string[]): Promise<Room> {
  const people = [...new Set([actor.personId, ...others])].toSorted()
  const key = people.join(' ')
  // In a transaction also when the room exists: a caller whose access was just revoked gets no answer.
  await inTransaction(ctx, actor, async (tx) => {
    if (!(await findDirect(tx.sql, key))) await createDirect(tx, actor, people, key)
  })
  const roomId = await findDirect(ctx.sql, key)
  return accessRoom(ctx, actor, roomId ?? '')
}

export async function moveRead(
  ctx: Context,
  actor: Actor,
  { roomId, seq }: { roomId: string; seq: number },
): Promise<{ readSeq: number }> {
  const { personId } = actor
  const moved = await inTransaction(ctx, actor, async (tx) => {
    const readSeq = await advanceRead(tx.sql, { roomId, personId, seq })
    if (readSeq === undefined) return undefined
    const data = { roomId, readSeq }
    await emitToPerson(tx, personId, { type: 'read.moved', data })
    return data
  })
  const { readSeq } = moved ?? (await accessRoom(ctx, actor, roomId))
  return { readSeq }
}

async function createDirect(
  tx: Transaction,
  actor: Actor,
  people: string[],
  key: string,
): Promise<void> {
  const roomId = await insertDirect(tx.sql, { key, createdBy: actor.personId })
  if (!roomId) return
  const present = await lockPeople(tx.sql, people)
  if (present.length < people.length) throw problem('person-not-found')
  await accessRoomsMade(tx, actor, 'direct')
  await accessMoreRooms(tx, actor, people)
  for (const personId of people)
    await insertMembership(tx.sql, { roomId, personId, role: 'member' })
  for (const personId of people) await tellJoined(tx, roomId, personId)
  recordCreated(tx, actor, roomId, 'direct')
}

// Without the name, and without the members of a direct room: the log is about acts, not about what people discuss.
function recordCreated(tx: Transaction, actor: Actor, roomId: string, kind: RoomKind): void {
  recordAct(tx, actor, { action: 'room.created', target: { roomId }, after: { kind } })
}

function peopleIn(rooms: readonly Room[]): string[] {
  return rooms.flatMap(({ people }) => people)
}
