import { Fragment, memo } from 'react'
import { splitLinks } from './links.ts'

/** The text of a message: only ever text, with its addresses as links. */
export const MessageText = memo(function MessageText({ text }: { text: string }) {
  return (
    <bdi dir="auto" className="written block w-fit max-w-[min(72ch,100%)]">
      {splitLinks(text).map(({ at, shown, href }) =>
        href === undefined ? (
          <Fragment key={at}>{shown}</Fragment>
        ) : (
          <a
            key={at}
            href={href}
            // The host comes first in any writing direction.
            dir="ltr"
            target="_blank"
            rel="noopener noreferrer nofollow"
            className="text-brass underline decoration-brass-line underline-offset-2 hover:decoration-current"
          >
            {shown}
          </a>
        ),
      )}
    </bdi>
  )
})
