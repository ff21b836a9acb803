import { Fragment, memo } from 'react'

const WEB_ADDRESS = /\bhttps?:\/\/[^\s<>"'`]+/giu
const NOT_PART_OF_IT = /[.,;:!?)\]}]+$/u

/** What somebody wrote: only ever text, and web addresses as links. */
export const MessageText = memo(function MessageText({ text }: { text: string }) {
  return (
    <bdi dir="auto" className="written block max-w-[72ch]">
      {splitLinks(text).map(({ at, text, href }) =>
        href === undefined ? (
          <Fragment key={at}>{text}</Fragment>
        ) : (
          <a
            key={at}
            href={href}
            target="_blank"
            rel="noopener noreferrer nofollow"
            className="text-brass underline decoration-brass-line underline-offset-2 hover:decoration-current"
          >
            {text}
          </a>
        ),
      )}
    </bdi>
  )
})

interface Part {
  at: number
  text: string
  href: string | undefined
}

function splitLinks(text: string): Part[] {
  const parts: Part[] = []
  let done = 0
  for (const match of text.matchAll(WEB_ADDRESS)) {
    const address = match[0].replace(NOT_PART_OF_IT, '')
    const href = webHref(address)
    if (href === undefined) continue
    if (match.index > done) {
      parts.push({ at: done, text: text.slice(done, match.index), href: undefined })
    }
    parts.push({ at: match.index, text: address, href })
    done = match.index + address.length
  }
  if (done < text.length) parts.push({ at: done, text: text.slice(done), href: undefined })
  return parts
}

/** The address as the browser itself reads it, if it leads to the web. */
function webHref(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined
  // "https://bank.example@evil.example" reads as the wrong place.
  if (url.username !== '' || url.password !== '') return undefined
  return url.href
}
