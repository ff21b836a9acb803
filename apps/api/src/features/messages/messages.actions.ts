import type { Query, Result } from '@conclave/shared/contract'
import {
  MESSAGE_MAX_BYTES,
  type listChanges as listChangesEndpoint,
  type listMessages as listMessagesEndpoint,
  type Message,
  type PostMessage,
  type RoomChanges,
} from '@conclave/shared/messages'
import { unreachable } from '@conclave/shared/unreachable'
import type { Actor } from '../../actor.ts'
import type { Context } from '../../context.ts'
import { problem, problemFor } from '../../problem.ts'
import { readNamed } from '../people/named.store.ts'
import { comparedRun } from './compared-run.ts'
import { readChanges } from './changes.store.ts'
import { messageRange } from './message-range.ts'
import { noteRepair } from './repairs.ts'
import { readPage, type PostOutcome } from './messages.store.ts'

/** What is left beside the largest changes; see LIST_ANSWER_MAX_BYTES. */
const CHANGES_NAMED_MAX_BYTES = 9_000

export async function listMessages(
  ctx: Context,
  actor: Actor,
  { roomId, ...query }: { roomId: string } & Query<typeof listMessagesEndpoint>,
): Promise<Result<typeof listMessagesEndpoint>> {
  const page = await readPage(ctx.sql, { roomId, reader: actor }, messageRange(query))
  if (!page) throw problem('room-not-found')
  if (query.repair) noteRepair(ctx, actor, roomId)
  return { ...page, ...(await readNamed(ctx.sql, actor, peopleIn(page.messages))) }
}

export async function listChanges(
  ctx: Context,
  reader: Actor,
  { roomId, ...query }: { roomId: string } & Query<typeof listChangesEndpoint>,
): Promise<RoomChanges> {
  const asked = { after: Number(query.after), run: comparedRun(query) }
  const changes = await readChanges(ctx.sql, { roomId, reader }, asked)
  if (!changes) throw problem('room-not-found')
  if (changes.reset) return changes
  const members = changes.members.map(({ personId }) => personId)
  const people = [...members, ...peopleIn(changes.messages)]
  const named = await readNamed(ctx.sql, reader, people, CHANGES_NAMED_MAX_BYTES)
  return { ...changes, ...named }
}

/** Access is checked by the statement that writes, so nothing can change in between. */
export async function postMessage(
  ctx: Context,
  author: Actor,
  { roomId, id, text }: { roomId: string } & PostMessage,
): Promise<Extract<PostOutcome, { outcome: 'posted' | 'repeat' }>> {
  if (Buffer.byteLength(text) > MESSAGE_MAX_BYTES) throw problem('message-too-long')
  const result = await ctx.messageWriter.write({ roomId, id, text, author })
  switch (result.outcome) {
    case 'posted':
      ctx.metrics.messagesPosted.inc()
      return result
    case 'repeat':
      return result
    case 'taken':
      throw problem('message-id-taken')
    case 'archived':
      throw problem('room-archived')
    case 'not-found':
      throw problem('room-not-found')
    case 'access-removed':
    case 'signed-out':
    case 'not-signed-in':
      throw problemFor(author.personId, result.outcome)
    default:
      return unreachable(result)
  }
}

/** Their authors, and then those who are named as having reacted to them. */
function peopleIn(messages: readonly Message[]): string[] {
  const reactions = messages.flatMap((message) => message.reactions ?? [])
  return [...messages.map(({ authorId }) => authorId), ...reactions.flatMap(({ people }) => people)]
}
