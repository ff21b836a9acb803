import type { Query, Result } from '@conclave/shared/contract'
import type { listMembers as listMembersEndpoint, Member } from '@conclave/shared/members'
import { ONLINE_COUNTED_MAX } from '@conclave/shared/members.online'
import type { RoomRole } from '@conclave/shared/rooms'
import type { Actor } from '../../actor.ts'
import type { Context } from '../../context.ts'
import { namePage } from '../../name-page.ts'
import { problem } from '../../problem.ts'
import { leaveBehind, lockRekey, raiseEpochs } from '../../realtime/epochs.ts'
import { emitToPerson, emitToRoom } from '../../log/emit.ts'
import { inTransaction } from '../../transaction.ts'
import { streams } from '../../log/streams.ts'
import { recordAct } from '../../audit/record-act.ts'
import { lockPeople } from '../people/people.store.ts'
import { accessMoreRooms } from '../rooms/room-bounds.ts'
import { postLine } from '../messages/lines.actions.ts'
import { joinRoom } from '../rooms/room-joining.actions.ts'
import {
  accessJoining,
  accessMember,
  accessMembership,
  lockRoom,
  mayChangeRoles,
  mayKeepOut,
  mayTakeOut,
} from './members.access.ts'
import { countOnline as readOnline, readMembers } from './member-list.store.ts'
import {
  deleteMembership,
  leavesNoOwner,
  letIn,
  markKeptOut,
  readMember,
  updateRole,
} from './members.store.ts'

interface OfRoom {
  roomId: string
  personId: string
}

export async function listMembers(
  ctx: Context,
  reader: Actor,
  { roomId, ...asked }: { roomId: string } & Query<typeof listMembersEndpoint>,
): Promise<Result<typeof listMembersEndpoint>> {
  const members = await readMembers(ctx.sql, { roomId, reader }, namePage(asked))
  if (!members) throw problem('room-not-found')
  return members
}

/** Problems: `room-not-found`. */
export async function countOnline(
  ctx: Context,
  reader: Actor,
  roomId: string,
): Promise<{ online: number }> {
  const online = await readOnline(ctx.sql, { roomId, reader }, ONLINE_COUNTED_MAX)
  if (online === undefined) throw problem('room-not-found')
  return { online }
}

/** Adding a member again changes nothing and emits nothing. */
export async function addMember(ctx: Context, actor: Actor, added: OfRoom): Promise<Member> {
  const { roomId, personId } = added
  return inTransaction(ctx, actor, async (tx) => {
    await lockRoom(tx, actor, roomId)
    await accessJoining(tx, actor, added)
    const member = await readMember(tx.sql, roomId, personId)
    if (member) return member
    const [present] = await lockPeople(tx.sql, [personId])
    if (!present) throw problem('person-not-found')
    await accessMoreRooms(tx, actor, [personId])
    const after = { role: 'member' } as const
    const before = (await letIn(tx.sql, added)) ? { before: { keptOut: true } } : {}
    recordAct(tx, actor, { action: 'member.added', target: { roomId, personId }, ...before, after })
    return joinRoom(tx, { roomId, personId, ...after }, actor.personId)
  })
}

export async function updateMember(
  ctx: Context,
  actor: Actor,
  { role, ...changed }: OfRoom & { role: RoomRole },
): Promise<Member> {
  const { roomId, personId } = changed
  return inTransaction(ctx, actor, async (tx) => {
    await lockRoom(tx, actor, roomId)
    const mine = await accessMembership(tx, actor, roomId)
    const before = await accessMember(tx, changed)
    if (!mayChangeRoles(mine)) throw problem('not-allowed')
    if (before.role === role) return before
    if (before.role === 'owner' && (await leavesNoOwner(tx.sql, changed)))
      throw problem('last-owner')
    const member = await updateRole(tx.sql, changed, role)
    recordAct(tx, actor, {
      action: 'member.role-changed',
      target: { roomId, personId },
      before: { role: before.role },
      after: { role },
    })
    await emitToRoom(
      tx,
      roomId,
      { type: 'member.updated', data: member },
      { kind: 'member', subject: personId },
    )
    await emitToPerson(tx, personId, { type: 'role.changed', data: { roomId, role } })
    return member
  })
}

/**
 * Removes a member and rekeys the room's channels. A removed member cannot rejoin an open room until somebody adds
 * them.
 */
export async function removeMember(
  ctx: Context,
  actor: Actor,
  { keepOut, ...removed }: OfRoom & { keepOut: boolean },
): Promise<{ personId: string }> {
  const { roomId, personId } = removed
  return inTransaction(ctx, actor, async (tx) => {
    await lockRoom(tx, actor, roomId)
    const mine = await accessMembership(tx, actor, roomId)
    const member = await accessMember(tx, removed)
    if (!mayTakeOut(mine, member)) throw problem('not-allowed')
    if (keepOut && personId === actor.personId) throw problem('own-account')
    if (keepOut && !mayKeepOut(mine)) throw problem('not-allowed')
    // Other people are locked only now, so that a refused request blocks no other.
    const rekey = await lockRekey(tx, { roomIds: [roomId] }, [personId])
    if (member.role === 'owner' && (await leavesNoOwner(tx.sql, removed)))
      throw problem('last-owner')
    await deleteMembership(tx.sql, removed)
    if (keepOut) await markKeptOut(tx.sql, removed)
    recordAct(tx, actor, {
      action: personId === actor.personId ? 'member.left' : 'member.removed',
      target: { roomId, personId },
      before: { role: member.role },
      ...(keepOut ? { after: { keptOut: true } } : {}),
    })
    await emitToRoom(
      tx,
      roomId,
      { type: 'member.left', data: { personId } },
      { kind: 'member', subject: personId },
    )
    const line =
      personId === actor.personId
        ? { kind: 'left' as const }
        : { kind: 'taken-out' as const, personId }
    await postLine(tx, { roomId, authorId: actor.personId, line })
    await emitToPerson(tx, personId, { type: 'room.left', data: { roomId } })
    await raiseEpochs(tx, rekey)
    leaveBehind(tx, [streams.room(roomId)])
    return { personId }
  })
}
