import type { Body } from '@conclave/shared/contract'
import type { moveRead as moveReadEndpoint } from '@conclave/shared/rooms'
import type { ReadsAt, setReads as setReadsEndpoint } from '@conclave/shared/rooms.reads'
import type { Actor } from '../../actor.ts'
import type { Context } from '../../context.ts'
import { emitToPerson } from '../../log/emit.ts'
import { inTransaction } from '../../transaction.ts'
import * as store from './reading.store.ts'
import { accessRoom } from './rooms.access.ts'

/** Problems: `room-not-found`. */
export async function moveRead(
  ctx: Context,
  actor: Actor,
  move: { roomId: string } & Body<typeof moveReadEndpoint>,
): Promise<{ readSeq: number }> {
  const { personId } = actor
  const { roomId } = move
  const moved = await inTransaction(ctx, actor, async (tx) => {
    const read = await store.advanceRead(tx.sql, { ...move, personId })
    if (!read) return undefined
    await emitToPerson(tx, personId, { type: 'read.moved', data: { roomId, ...read } })
    return read
  })
  const { readSeq } = moved ?? (await accessRoom(ctx, actor, roomId))
  return { readSeq }
}

/** Sets positions by hand. Those of rooms that the caller is not in are left out, and nothing tells whether they exist. */
export async function setReads(
  ctx: Context,
  actor: Actor,
  { rooms }: Body<typeof setReadsEndpoint>,
): Promise<ReadsAt> {
  const { personId } = actor
  const seqs = new Map(rooms.map(({ roomId, seq }) => [roomId, seq]))
  return inTransaction(ctx, actor, async (tx) => {
    const version = await store.lockReads(tx.sql, personId, [...seqs.keys()])
    const data = { rooms: await store.setReads(tx.sql, { personId, version, seqs }) }
    if (data.rooms.length > 0) await emitToPerson(tx, personId, { type: 'reads.set', data })
    return data
  })
}
