import type { Quote } from '@conclave/shared/quotes'
import { Link } from 'react-router'
import { someone } from '../../words/en/people.en.ts'
import { quoteFrom, originalRemoved, quotedBy } from '../../words/en/quotes.en.ts'
import { rich, t } from '../../words/say.ts'
import { useConversation } from '../messages/ConversationProvider.tsx'
import { usePersonName } from '../people/people.queries.ts'
import { useQuote, useWordsOf } from './use-quote.ts'

/** The beginning of the message that another one answers; leads to it. As high as its placeholder, whatever it says. */
export function QuotedMessage({ messageId }: { messageId: string }) {
  const quote = useQuote(messageId)
  if (quote === undefined) return null
  if (quote === null || quote.removed) return <Removed />
  return <LinkTo quote={quote} />
}

export function Removed() {
  return <span className="text-soft italic">{t(originalRemoved)}</span>
}

function LinkTo({ quote }: { quote: Quote }) {
  const { pathOf } = useConversation()
  const name = usePersonName(quote.authorId) ?? t(someone)
  return (
    <Link
      to={pathOf(quote.seq)}
      aria-description={t(quotedBy, { person: name })}
      className="block hover:text-ink"
    >
      <WordsOf quote={quote} />
    </Link>
  )
}

/** In at most two lines, and never higher. */
export function WordsOf({ quote }: { quote: Quote }) {
  const name = usePersonName(quote.authorId) ?? t(someone)
  const text = useWordsOf(quote.text)
  return (
    <span className="line-clamp-2 [overflow-wrap:anywhere] whitespace-pre-line">
      {rich(quoteFrom, {
        person: <bdi className="font-semibold text-ink">{name}</bdi>,
        text: <bdi>{text}</bdi>,
      })}
    </span>
  )
}
