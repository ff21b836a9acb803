import type { QuotesLoader } from '@conclave/client/history/quotes-loader'
import { createContext, use, useMemo, useState, type ReactNode } from 'react'

/** What the parts of one open room share: the messages, what can be done with them, and the message field. */
interface Conversation {
  roomId: string
  /** Whether messages can be sent in the room. */
  isArchived: boolean
  /** The address of a message. */
  pathOf: (seq: number) => string
  replies: Replies
}

interface Replies {
  /** Makes a message what the next one that is sent answers. */
  start: (messageId: string) => void
  /** For the message field, which there is one of; returns how to stop. */
  onStart: (listener: (messageId: string) => void) => () => void
  /** One for the room, made by the first quote that is shown. */
  quotes: (make: () => QuotesLoader) => QuotesLoader
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
  const [replies] = useState(createReplies)
  const conversation = useMemo(
    () => ({ roomId, isArchived, pathOf: (seq: number) => pathOf(roomId, seq), replies }),
    [roomId, isArchived, pathOf, replies],
  )
  return <ConversationContext value={conversation}>{children}</ConversationContext>
}

export function useConversation(): Conversation {
  const conversation = use(ConversationContext)
  if (!conversation) throw new Error('useConversation needs a ConversationProvider above it')
  return conversation
}

function createReplies(): Replies {
  let listener: ((messageId: string) => void) | undefined
  let loader: QuotesLoader | undefined
  return {
    start: (messageId) => listener?.(messageId),
    onStart: (started) => {
      listener = started
      return () => (listener = undefined)
    },
    quotes: (make) => (loader ??= make()),
  }
}
