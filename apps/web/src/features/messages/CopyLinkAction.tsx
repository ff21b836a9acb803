import type { Message } from '@conclave/shared/messages'
import { Link2 } from 'lucide-react'
import { useNotice } from '../../ui/Notice.tsx'
import { copyLink, linkCopied, linkNotCopied } from '../../words/en/message-actions.en.ts'
import { t } from '../../words/say.ts'
import { ActionButton } from './ActionButton.tsx'
import { useConversation } from './ConversationProvider.tsx'

/** Copies the address of a message. Whoever is not in its room learns nothing from it. */
export function CopyLinkAction({ message }: { message: Message }) {
  const notify = useNotice()
  const { pathOf } = useConversation()
  async function copy(): Promise<void> {
    const address = new URL(pathOf(message.seq), location.origin).href
    try {
      await navigator.clipboard.writeText(address)
      notify(t(linkCopied))
    } catch {
      // The browser does not let the page write there.
      notify(t(linkNotCopied, { address }))
    }
  }
  return <ActionButton label={t(copyLink)} icon={Link2} onClick={() => void copy()} />
}
