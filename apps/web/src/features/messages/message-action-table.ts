import type { Message } from '@conclave/shared/messages'
import type { ComponentType } from 'react'
import type { Word } from '../../words/word.ts'
import { edit, remove } from '../../words/en/edits.en.ts'
import { copyLink } from '../../words/en/message-actions.en.ts'
import { reply } from '../../words/en/quotes.en.ts'
import { addReaction } from '../../words/en/reactions.en.ts'
import { markUnread } from '../../words/en/reads.en.ts'
import { EditMessage } from '../edits/EditMessage.tsx'
import { RemoveMessage } from '../edits/RemoveMessage.tsx'
import { ReplyAction } from '../quotes/ReplyAction.tsx'
import { AddReaction } from '../reactions/AddReaction.tsx'
import { CopyLinkAction } from './CopyLinkAction.tsx'
import { MarkUnreadAction } from './MarkUnreadAction.tsx'

export interface MessageAction {
  /** An ActionButton, or nothing where it cannot be done. */
  Action: ComponentType<{ message: Message }>
  label: Word
  /** The key that presses it while the message has the focus, as in `KeyboardEvent.key`. */
  key?: string
}

/** What can be done with a message, in this order, and by which key. */
export const ACTIONS: Readonly<Record<string, MessageAction>> = {
  react: { Action: AddReaction, label: addReaction, key: '+' },
  reply: { Action: ReplyAction, label: reply, key: 'R' },
  edit: { Action: EditMessage, label: edit, key: 'E' },
  copyLink: { Action: CopyLinkAction, label: copyLink, key: 'L' },
  unread: { Action: MarkUnreadAction, label: markUnread },
  remove: { Action: RemoveMessage, label: remove, key: 'Delete' },
}
