import type { Message } from '@conclave/shared/messages'
import { Reply } from 'lucide-react'
import { reply } from '../../words/en/quotes.en.ts'
import { t } from '../../words/say.ts'
import { ActionButton } from '../messages/ActionButton.tsx'
import { useConversation } from '../messages/ConversationProvider.tsx'

/** Makes a message the one that is answered; not one that was removed, nor a line of the system, nor in an archived room. */
export function ReplyAction({ message }: { message: Message }) {
  const { isArchived, replies } = useConversation()
  if (isArchived || message.removed || message.line) return null
  return <ActionButton label={t(reply)} icon={Reply} onClick={() => replies.start(message.id)} />
}
