import type { Result } from '@conclave/shared/contract'
import type { OfMessage, Reaction } from '@conclave/shared/messages'
import {
  isEmoji,
  type listReactions as listReactionsEndpoint,
  peopleNamedMax,
  REACTIONS_MAX,
  type SetReaction,
  type setReaction as setReactionEndpoint,
  withReaction,
} from '@conclave/shared/reactions'
import type { Actor } from '../../actor.ts'
import type { Context } from '../../context.ts'
import type { TransactionSql } from '../../database/connection.ts'
import { problem } from '../../problem.ts'
import { emitToRoom } from '../../log/emit.ts'
import { inTransaction } from '../../transaction.ts'
import { lockRoom } from '../members/members.access.ts'
import {
  deleteReaction,
  insertReaction,
  readFirstPeople,
  readReactable,
  readReactors,
  updateReactions,
} from './reactions.store.ts'

export async function listReactions(
  ctx: Context,
  reader: Actor,
  ofMessage: OfMessage,
): Promise<Result<typeof listReactionsEndpoint>> {
  const found = await readReactors(ctx.sql, ofMessage, reader)
  if (!found) throw problem('room-not-found')
  const { rev, reactions } = found
  if (rev === null) throw problem('message-not-found')
  return { rev, reactions }
}

/** Sets or removes one reaction. If it is as wanted already, stores and publishes nothing. */
export async function setReaction(
  ctx: Context,
  actor: Actor,
  { roomId, messageId, ...wish }: OfMessage & SetReaction,
): Promise<Result<typeof setReactionEndpoint>> {
  if (!isEmoji(wish.emoji)) throw problem('invalid-request', NOT_AN_EMOJI)
  const mine = { roomId, messageId, emoji: wish.emoji, personId: actor.personId }
  return inTransaction(ctx, actor, async (tx) => {
    await lockRoom(tx, actor, roomId)
    const found = await readReactable(tx.sql, mine)
    if (!found) throw problem('room-not-found')
    const { rev, reactions: before } = found
    if (rev === null) throw problem('message-not-found')
    if (found.reacted === wish.reacted) return { rev, reactions: before }
    if (found.removed) throw problem('message-removed')
    if (found.archived) throw problem('room-archived')
    const after = withReaction(before, wish, actor.personId)
    if (after.length > REACTIONS_MAX) throw problem('too-many-reactions')
    await (wish.reacted ? insertReaction(tx.sql, mine) : deleteReaction(tx.sql, mine))
    const reactions = await withEveryName(tx.sql, mine, after)
    const data = await updateReactions(tx.sql, mine, reactions)
    const changed = { kind: 'message', subject: messageId } as const
    await emitToRoom(tx, roomId, { type: 'message.changed', data }, changed)
    return { rev: data.rev, reactions }
  })
}

/** If somebody who was named took their reaction back, or an emoji is gone, names those who come next. */
async function withEveryName(
  sql: TransactionSql,
  message: OfMessage,
  reactions: Reaction[],
): Promise<Reaction[]> {
  const max = peopleNamedMax(reactions.length)
  return Promise.all(
    reactions.map(async (reaction) => {
      const { emoji, count, people } = reaction
      if (people.length >= Math.min(count, max)) return reaction
      return { ...reaction, people: await readFirstPeople(sql, { ...message, emoji }, max) }
    }),
  )
}

const NOT_AN_EMOJI = [
  { pointer: '/body/emoji', detail: 'must be exactly one emoji, fully qualified (RGI, UTS #51)' },
]
