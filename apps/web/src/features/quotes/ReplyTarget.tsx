import { X } from 'lucide-react'
import { originalGone, replyingTo, stopReplying } from '../../words/en/quotes.en.ts'
import { t } from '../../words/say.ts'
import { Removed, WordsOf } from './QuotedMessage.tsx'
import { useQuote } from './use-quote.ts'

/** Above the message field: what the message answers, and how to answer nothing. */
export function ReplyTarget({ messageId, onClose }: { messageId: string; onClose: () => void }) {
  const quote = useQuote(messageId)
  return (
    <section
      aria-label={t(replyingTo)}
      className="flex items-start gap-2 px-3 pt-1.5 pb-1 text-small/[1.375rem] text-soft"
    >
      <div className="grid h-11 min-w-0 flex-1 content-center overflow-hidden border-s-2 border-brass ps-3">
        {quote === null && t(originalGone)}
        {quote?.removed && <Removed />}
        {quote && !quote.removed && <WordsOf quote={quote} />}
      </div>
      <button
        type="button"
        aria-label={t(stopReplying)}
        onClick={onClose}
        className="inline-flex size-8 shrink-0 items-center justify-center rounded-control text-soft hover:bg-hover hover:text-ink touch:size-11"
      >
        <X className="size-4" aria-hidden="true" />
      </button>
    </section>
  )
}
