import type { QuotesLoader } from '@conclave/client/history/quotes-loader'
import { createContext, use, useMemo, useState, type ReactNode } from 'react'

/** What the parts of one open room share: the messages, what can be done with them, and the message field. */
interface Conversation {
  roomId: string
  /** Whether messages can be sent in the room. */
  isArchived: boolean
  /** The address of a message. */
  pathOf: (seq: number) => string
  shared: Shared
}

interface Shared {
  /** Set by the message field: makes a message what the next one that is sent answers. */
  replyTo: (messageId: string) => void
  /** Made by the first quote that is shown. */
  quotes: QuotesLoader | undefined
}

const ConversationContext = createContext<Conversation | undefined>(undefined)

/** Each room mounts its own. */
export function ConversationProvider(props: {
  roomId: string
  isArchived: boolean
  pathOf: (roomId: string, seq: number) => string
  children: ReactNode
}) {
  const { roomId, isArchived, pathOf, children } = props
  const [shared] = useState<Shared>(() => ({ replyTo: () => undefined, quotes: undefined }))
  const conversation = useMemo(
    () => ({ roomId, isArchived, pathOf: (seq: number) => pathOf(roomId, seq), shared }),
    [roomId, isArchived, pathOf, shared],
  )
  return <ConversationContext value={conversation}>{children}</ConversationContext>
}

export function useConversation(): Conversation {
  const conversation = use(ConversationContext)
  if (!conversation) throw new Error('useConversation needs a ConversationProvider above it')
  return conversation
}
