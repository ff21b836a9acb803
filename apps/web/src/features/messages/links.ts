/** A piece of a message's text; with `href`, a link. */
export interface Part {
  /** Where it begins in the text. */
  at: number
  shown: string
  href: string | undefined
}

/** A longer address is not for clicking, and every address is parsed once more as a URL. */
export const ADDRESS_MAX_CHARS = 2_048

// An address ends at a space and at any invisible character: controls that change the writing direction, zero-width
// marks. Markup, quotes and the backslash, about which parsers disagree, end it too. A single character class with
// nothing after it cannot backtrack.
const ADDRESS = /\b(?:https?:\/\/|mailto:)[^\s\p{C}<>"'`\\]+/giu
const MAILBOX = /^mailto:[\w.+-]+@[a-z\d-]+(?:\.[a-z\d-]+)+$/i
const CLOSES_A_SENTENCE = new Set('.,;:!?]}*_~|…»”’。，、！？；：）】」』》')

/** Splits a text at its web and mail addresses; everything else, and everything doubtful, stays text. */
export function splitLinks(text: string): Part[] {
  const parts: Part[] = []
  let done = 0
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutClosing(match[0])
    const link = linkTo(address)
    if (!link) continue
    if (match.index > done) {
      parts.push({ at: done, shown: text.slice(done, match.index), href: undefined })
    }
    parts.push({ at: match.index, ...link })
    done = match.index + address.length
  }
  if (done < text.length) parts.push({ at: done, shown: text.slice(done), href: undefined })
  return parts
}

function linkTo(address: string): { shown: string; href: string } | undefined {
  if (address.length > ADDRESS_MAX_CHARS) return undefined
  if (MAILBOX.test(address)) return { shown: address, href: address }
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined
  // "https://bank.example@evil.example" looks like another host.
  if (url.username !== '') return undefined
  if (url.password !== '') return undefined
  return { shown: withTrueHost(address, url), href: url.href }
}

/**
 * The address as it was written, but with the host that the browser will go to: look-alike letters appear as `xn--`,
 * and disguised numbers as the plain number.
 */
function withTrueHost(address: string, url: URL): string {
  const begin = address.indexOf('//') + 2
  const length = address.slice(begin).search(/[/?#]/)
  const end = length === -1 ? address.length : begin + length
  if (address.slice(begin, end).toLowerCase() === url.host) return address
  // The parser skips extra slashes, so the host would be put in the wrong place.
  if (begin === end) return url.href
  return address.slice(0, begin) + url.host + address.slice(end)
}

/** Punctuation after an address belongs to the sentence; so does a closing bracket that the address did not open. */
function withoutClosing(address: string): string {
  let end = address.length
  let surplus = countOf(address, ')') - countOf(address, '(')
  for (; end > 0; end--) {
    const last = address.charAt(end - 1)
    if (last === ')' && surplus > 0) surplus -= 1
    else if (!CLOSES_A_SENTENCE.has(last)) break
  }
  return address.slice(0, end)
}

function countOf(text: string, character: string): number {
  let count = 0
  for (const other of text) if (other === character) count += 1
  return count
}
