import type { Notifies } from '@conclave/shared/messages'
import { createContext, use } from 'react'
import { someone } from '../../words/en/people.en.ts'
import { t } from '../../words/say.ts'
import { useMyId } from '../people/MeProvider.tsx'
import { usePersonName } from '../people/people.queries.ts'
import type { ShownMessage } from './message-rows.ts'

type Mentioning = Pick<ShownMessage, 'authorId' | 'mentions' | 'notifies' | 'pending'>

/** The message whose text is shown: it says whom it has mentioned. Any other id in a text is only text. */
export const MentionedBy = createContext<Mentioning | undefined>(undefined)

/** Whether a message is for me in particular. */
export function isForMe(message: Mentioning, myId: string | undefined): boolean {
  if (myId === undefined || message.authorId === myId) return false
  return message.notifies !== undefined || (message.mentions?.includes(myId) ?? false)
}

/** A person in a text, by their current name: highlighted if the message mentions them. */
export function MentionOf({ personId }: { personId: string }) {
  const message = use(MentionedBy)
  const name = usePersonName(personId) ?? t(someone)
  const isMine = useMyId() === personId
  const isMentioned =
    message &&
    // What is being sent has not been looked through by the server yet.
    (message.pending ? personId !== message.authorId : message.mentions?.includes(personId))
  return <bdi className={isMentioned ? lookOf(isMine) : undefined}>@{name}</bdi>
}

/** Everybody, or everybody who is online. */
export function EverybodyOf({ notifies }: { notifies: Notifies }) {
  const message = use(MentionedBy)
  const isMentioned = message && (message.pending ?? message.notifies)
  const isMine = useMyId() !== message?.authorId
  return <bdi className={isMentioned ? lookOf(isMine) : undefined}>@{notifies}</bdi>
}

function lookOf(isMine: boolean): string {
  return isMine ? 'mention mention-mine' : 'mention'
}
