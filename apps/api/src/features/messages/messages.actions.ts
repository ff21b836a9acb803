import { codePointsIn } from '@conclave/shared/code-points'
import type { Query, Result } from '@conclave/shared/contract'
import { MENTIONS_MAX, mentionsIn, type Mentions } from '@conclave/shared/mentions'
import {
  MESSAGE_MAX_CODE_POINTS,
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
  { roomId, ...post }: { roomId: string } & PostMessage,
): Promise<Extract<PostOutcome, { outcome: 'posted' | 'repeat' }>> {
  const { people, notifies } = acceptedText(post.text)
  const result = await ctx.messageWriter.write({
    ...post,
    roomId,
    author,
    mentions: people,
    notifies,
  })
  switch (result.outcome) {
    case 'posted':
      ctx.metrics.messagesPosted.inc()
      return result
    case 'repeat':
      return result
    case 'taken':
      throw problem('message-id-taken')
    case 'no-original':
      throw problem('message-not-found')
    case 'not-allowed':
      throw problem('not-allowed')
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

/** Whom a text mentions. Throws `message-too-long` or `too-many-mentions`. */
export function acceptedText(text: string): Mentions {
  if (codePointsIn(text) > MESSAGE_MAX_CODE_POINTS) throw problem('message-too-long')
  const mentions = mentionsIn(text)
  if (mentions.people.length > MENTIONS_MAX) throw problem('too-many-mentions')
  return mentions
}

/** Their authors, then those whom they mention or who are in a line, then those who are named as having reacted to them. */
function peopleIn(messages: readonly Message[]): string[] {
  const reactions = messages.flatMap((message) => message.reactions ?? [])
  return [
    ...messages.map(({ authorId }) => authorId),
    ...messages.flatMap(({ mentions, line }) => [
      ...(mentions ?? []),
      ...(line?.personId ? [line.personId] : []),
    ]),
    ...reactions.flatMap(({ people }) => people),
  ]
}
