import type {
  createRoom as createRoomEndpoint,
  DirectoryRoom,
  Room,
  RoomKind,
  Rooms,
} from '@conclave/shared/rooms'
import type { Body } from '@conclave/shared/contract'
import type { Actor } from '../../actor.ts'
import type { Context } from '../../context.ts'
import { problem } from '../../problem.ts'
import { emitToPerson, inTransaction, type Transaction } from '../../realtime/outbox.ts'
import { recordAct } from '../audit/record-act.ts'
import { lockPeople } from '../people/people.store.ts'
import { tellJoined } from './room-joining.ts'
import { accessRoom } from './rooms.access.ts'
import {
  advanceRead,
  findDirect,
  insertDirect,
  insertMembership,
  insertRoom,
  readDirectory,
  readRooms,
} from './rooms.store.ts'

export async function listRooms(ctx: Context, actor: Actor): Promise<Rooms> {
  return readRooms(ctx.sql, actor.personId)
}

export async function listDirectory(
  ctx: Context,
  { personId }: Actor,
): Promise<{ rooms: DirectoryRoom[] }> {
  return { rooms: await readDirectory(ctx.sql, personId) }
}

export async function createRoom(
  ctx: Context,
  actor: Actor,
  { kind, name, topic = '' }: Body<typeof createRoomEndpoint>,
): Promise<Room> {
  const { personId } = actor
  const roomId = await inTransaction(ctx, actor, async (tx) => {
    const roomId = await insertRoom(tx.sql, { kind, name, topic })
    await insertMembership(tx.sql, { roomId, personId, role: 'owner' })
    await tellJoined(tx, roomId, personId)
    recordCreated(tx, actor, roomId, kind)
    return roomId
  })
  return accessRoom(ctx, actor, roomId)
}

/** Finds or makes the room; two who open it at the same time get the same one. */
export async function openDirect(ctx: Context, actor: Actor, others: string[]): Promise<Room> {
  const people = [...new Set([actor.personId, ...others])].toSorted()
  const key = people.join(' ')
  // Also when it is there already: who lost their access meanwhile is not answered.
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
  const roomId = await insertDirect(tx.sql, key)
  if (!roomId) return
  const present = await lockPeople(tx.sql, people)
  if (present.length < people.length) throw problem('person-not-found')
  for (const personId of people)
    await insertMembership(tx.sql, { roomId, personId, role: 'member' })
  for (const personId of people) await tellJoined(tx, roomId, personId)
  recordCreated(tx, actor, roomId, 'direct')
}

// Neither its name nor who else is in a direct room: the log tells of acts, not of what people are about.
function recordCreated(tx: Transaction, actor: Actor, roomId: string, kind: RoomKind): void {
  recordAct(tx, actor, { action: 'room.created', target: { roomId }, after: { kind } })
}
