import type { Query, Result } from '@conclave/shared/contract'
import type { EditMessage, listVersions as listVersionsEndpoint } from '@conclave/shared/edits'
import type { Message, OfMessage } from '@conclave/shared/messages'
import type { Actor } from '../../actor.ts'
import type { Context } from '../../context.ts'
import { problem } from '../../problem.ts'
import { changeMessage, messageOf } from '../messages/message-change.ts'
import { acceptedText } from '../messages/messages.actions.ts'
import { readVersions, updateText } from './edits.store.ts'

/**
 * Gives a message of the caller's another text. The same text again stores and publishes nothing. Throws `not-allowed` for
 * somebody else's, `message-removed`, `room-archived` or `edit-window-over`, and what `acceptedText` throws.
 */
export async function editMessage(
  ctx: Context,
  actor: Actor,
  { text, ...ofMessage }: OfMessage & EditMessage,
): Promise<Message> {
  const { people, notifies } = acceptedText(text)
  const edit = { ...ofMessage, text, mentions: people, notifies }
  return messageOf(await changeMessage(ctx, actor, async () => updateText(ctx.sql, actor, edit)))
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
