import type { Result } from '@conclave/shared/contract'
import type { OfMessage } from '@conclave/shared/messages'
import {
  isEmoji,
  type listReactions as listReactionsEndpoint,
  type SetReaction,
  type setReaction as setReactionEndpoint,
} from '@conclave/shared/reactions'
import type { Actor } from '../../actor.ts'
import type { Context } from '../../context.ts'
import { problem } from '../../problem.ts'
import { changeMessage, messageOf } from '../messages/message-change.ts'
import { readReactors, updateReaction } from './reactions.store.ts'

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
  wish: OfMessage & SetReaction,
): Promise<Result<typeof setReactionEndpoint>> {
  if (!isEmoji(wish.emoji)) throw problem('invalid-request', NOT_AN_EMOJI)
  const change = await changeMessage(ctx, actor, async () => updateReaction(ctx.sql, actor, wish))
  const { rev, reactions = [] } = messageOf(change)
  return { rev, reactions }
}

const NOT_AN_EMOJI = [
  { pointer: '/body/emoji', detail: 'must be exactly one emoji, fully qualified (RGI, UTS #51)' },
]
