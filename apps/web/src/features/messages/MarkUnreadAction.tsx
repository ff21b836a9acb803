import { isToRead } from '@conclave/shared/unread'
import type { Message } from '@conclave/shared/messages'
import { MessageSquareDot } from 'lucide-react'
import { errorMessage } from '../../server/problem-message.ts'
import { useNotice } from '../../ui/Notice.tsx'
import * as words from '../../words/en/reads.en.ts'
import { t } from '../../words/say.ts'
import { useMyId } from '../people/MeProvider.tsx'
import { useSetReads } from '../rooms/set-reads.queries.ts'
import { ActionButton } from './ActionButton.tsx'

/** Sets how far I have read to just before this message; of my own, nothing is unread. */
export function MarkUnreadAction({ message }: { message: Message }) {
  const myId = useMyId()
  const notify = useNotice()
  const { roomId, seq } = message
  const setReads = useSetReads()
  if (myId === undefined || !isToRead(message, myId)) return null
  return (
    <ActionButton
      label={t(words.markUnread)}
      icon={MessageSquareDot}
      onClick={() => {
        setReads([{ roomId, seq: seq - 1 }]).catch((error: unknown) => notify(errorMessage(error)))
      }}
    />
  )
}
