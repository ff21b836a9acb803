import { createQuotesLoader } from '@conclave/client/history/quotes-loader'
import { messagesKey, quotesKey } from '@conclave/client/keys/messages.keys'
import { plainText } from '@conclave/shared/markup.plain'
import { mentionsIn } from '@conclave/shared/mentions'
import type { MessagePage } from '@conclave/shared/messages'
import { quoteOf, type HeldQuotes } from '@conclave/shared/quotes.fold'
import type { Quote } from '@conclave/shared/quotes'
import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { browserEnvironment } from '../../realtime/browser-environment.ts'
import { useCall } from '../../server/call.ts'
import { someone } from '../../words/en/people.en.ts'
import { t } from '../../words/say.ts'
import { useNamesOf } from '../people/people.queries.ts'
import { useConversation } from '../messages/ConversationProvider.tsx'

/**
 * What a reply quotes: from what is loaded of the room, or asked for by itself. Undefined until it is known, null if the room
 * has no such message.
 */
export function useQuote(messageId: string): Quote | null | undefined {
  const { roomId, replies } = useConversation()
  const call = useCall()
  const queryClient = useQueryClient()
  const { data: loaded } = useQuery<MessagePage, Error, Quote | undefined>({
    queryKey: messagesKey(roomId),
    queryFn: skipToken,
    select: ({ messages }) => {
      const original = messages.find(({ id }) => id === messageId)
      return original && quoteOf(original)
    },
  })
  const { data: held } = useQuery<HeldQuotes, Error, Quote | null | undefined>({
    queryKey: quotesKey(roomId),
    queryFn: skipToken,
    select: ({ byId }) => byId[messageId],
  })
  const isMissing = loaded === undefined && held === undefined
  useEffect(() => {
    if (!isMissing) return
    const { clock } = browserEnvironment
    const make = () => createQuotesLoader({ call, queryClient, clock, roomId })
    return replies.quotes(make).need(messageId)
  }, [isMissing, replies, call, queryClient, roomId, messageId])
  return loaded ?? held
}

/** The words of a quote, with the names of whom it mentions. */
export function useWordsOf(text: string): string {
  const people = useMemo(() => mentionsIn(text).people, [text])
  const nameOf = useNamesOf(people)
  return useMemo(() => plainText(text, (id) => nameOf(id) ?? t(someone)).trim(), [text, nameOf])
}
