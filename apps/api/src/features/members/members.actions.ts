import type { Member, Members } from '@conclave/shared/members'
import type { Actor } from '../../actor.ts'
import type { Context } from '../../context.ts'
import { problem } from '../../problem.ts'
import { inTransaction } from '../../realtime/outbox.ts'
import { lockPeople } from '../people/people.store.ts'
import { joinRoom } from '../rooms/room-joining.ts'
import { accessJoining } from './members.access.ts'
import { readMember, readMembers } from './members.store.ts'

export async function listMembers(ctx: Context, actor: Actor, roomId: string): Promise<Members> {
  const members = await readMembers(ctx.sql, actor.personId, roomId)
  if (!members) throw problem('room-not-found')
  return members
}

/** Someone who is in already stays as they are, and nobody hears of it. */
export async function addMember(
  ctx: Context,
  actor: Actor,
  { roomId, personId }: { roomId: string; personId: string },
): Promise<Member> {
  return inTransaction(ctx, async (tx) => {
    await accessJoining(tx, actor, { roomId, personId })
    const member = await readMember(tx.sql, roomId, personId)
    if (member) return member
    const [present] = await lockPeople(tx.sql, [personId])
    if (!present) throw problem('person-not-found')
    return joinRoom(tx, { roomId, personId, role: 'member' })
  })
}
