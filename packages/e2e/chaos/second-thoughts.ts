import { editMessage } from '@conclave/shared/edits'
import type { Message } from '@conclave/shared/messages'
import { removeMessage } from '@conclave/shared/removals'
import type { Person } from './person.ts'
import type { Random } from './random.ts'

const EDITED_SHARE = 0.1
const REMOVED_SHARE = 0.05

/** What an author does with a message of theirs once it is stored: both can be tried again until they are answered. */
export type SecondThought = (person: Person, message: Message) => Promise<Message>

/** Edits some messages and removes some; undefined for those that stay as they are. */
export function secondThought(random: Random): SecondThought | undefined {
  const chance = random()
  if (chance < REMOVED_SHARE) return remove
  return chance < REMOVED_SHARE + EDITED_SHARE ? edit : undefined
}

async function edit({ call }: Person, { roomId, id, text }: Message): Promise<Message> {
  const params = { roomId, messageId: id }
  return call(editMessage, { params, body: { text: `Better: ${text}` } })
}

async function remove({ call }: Person, { roomId, id }: Message): Promise<Message> {
  return call(removeMessage, { params: { roomId, messageId: id } })
}
