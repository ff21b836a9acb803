import type { Query, Result } from '@conclave/shared/contract'
import type { EditMessage, listVersions as listVersionsEndpoint } from '@conclave/shared/edits'
import type { Message, Notifies, OfMessage } from '@conclave/shared/messages'
import type { Actor } from '../../actor.ts'
import type { Context } from '../../context.ts'
import { problem } from '../../problem.ts'
import { emitToRoom } from '../../log/emit.ts'
import { inTransaction } from '../../transaction.ts'
import { lockRoom } from '../members/members.access.ts'
import { acceptedText } from '../messages/messages.actions.ts'
import { shareSettings } from '../workspace/workspace.store.ts'
import { readEditable, readVersions, updateText } from './edits.store.ts'

/**
 * Gives a message of the caller's another text. The same text again stores and publishes nothing. Throws `not-allowed` for
 * somebody else's, `message-removed`, `room-archived` or `edit-window-over`, and what `acceptedText` throws.
 */
export async function editMessage(
  ctx: Context,
  actor: Actor,
  { roomId, messageId, text }: OfMessage & EditMessage,
): Promise<Message> {
  const { people, notifies } = acceptedText(text)
  return inTransaction(ctx, actor, async (tx) => {
    await lockRoom(tx, actor, roomId)
    await shareSettings(tx.sql)
    const found = await readEditable(tx.sql, { roomId, messageId, personId: actor.personId })
    if (!found) throw problem('room-not-found')
    const { message } = found
    if (!message) throw problem('message-not-found')
    if (message.authorId !== actor.personId || message.line) throw problem('not-allowed')
    if (message.removed) throw problem('message-removed')
    if (message.text === text) return message
    if (found.archived) throw problem('room-archived')
    if (!found.isEditable) throw problem('edit-window-over')
    const data = await updateText(tx.sql, message, {
      text,
      mentions: people,
      notifies: narrower(message.notifies, notifies),
      keepsVersion: found.keepsVersions,
    })
    const changed = { kind: 'message', subject: messageId } as const
    await emitToRoom(tx, roomId, { type: 'message.changed', data }, changed)
    return data
  })
}

export async function listVersions(
  ctx: Context,
  reader: Actor,
  { before, ...ofMessage }: OfMessage & Query<typeof listVersionsEndpoint>,
): Promise<Result<typeof listVersionsEndpoint>> {
  const found = await readVersions(ctx.sql, ofMessage, {
    reader,
    before: before === undefined ? undefined : Number(before),
  })
  if (!found) throw problem('room-not-found')
  if (!found.versions) throw problem('message-not-found')
  return { versions: found.versions, more: found.more }
}

/** Nobody is notified of an edit who was not of the message: an edit can only take that back, or make it fewer people. */
function narrower(
  before: Notifies | undefined,
  wanted: Notifies | undefined,
): Notifies | undefined {
  if (!before || !wanted) return undefined
  return before === 'room' ? wanted : before
}
