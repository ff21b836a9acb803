import type { ComponentType } from 'react'

/**
 * The place of what a reply answers, above its text. It has its height before anything is known of the original, so that
 * nothing moves when that is there.
 */
export function QuoteBox(props: {
  /** Undefined for a message that answers none. */
  messageId: string | undefined
  /** Once it is loaded. */
  quote: ComponentType<{ messageId: string }> | undefined
}) {
  const { messageId, quote: Quote } = props
  if (messageId === undefined) return null
  return (
    <blockquote className="my-0.5 grid h-11 max-w-[72ch] content-center overflow-hidden border-s-2 border-line-strong ps-3 text-small/[1.375rem] text-soft">
      {Quote && <Quote messageId={messageId} />}
    </blockquote>
  )
}
