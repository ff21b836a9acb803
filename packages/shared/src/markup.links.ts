/** A longer address is not for clicking, and every address is parsed once more as a URL. */
export const ADDRESS_MAX_CHARS = 2_048

// An address ends at a space and at any invisible character: controls that change the writing direction, zero-width
// marks. Markup, quotes and the backslash, about which parsers disagree, end it too. Every repetition is of one class, with
// nothing after it that could make it go back, or is bounded.
const REST = String.raw`[^\s\p{C}<>"'\x60\\]`
/** Not in the middle of a word or of another address, of which it would be a part. */
const ALONE = String.raw`(?<![\p{L}\p{N}@/:.=?&%_+-])`
/** What a bare name must end with to be a host rather than a file or a missing space. */
const DOMAINS =
  'com|net|org|edu|gov|info|biz|dev|app|io|ai|team|eu|de|at|ch|uk|fr|it|es|nl|be|pl|se|no|dk|fi|cz|pt|ie|us|ca|au|nz|br|in|jp|cn|kr'

/** Matches what may be an address, with the flags `giu`. */
export const ADDRESS = [
  String.raw`\b(?:https?:\/\/|mailto:)${REST}+`,
  String.raw`${ALONE}www\.${REST}+`,
  String.raw`${ALONE}[a-z\d][\w.+-]{0,63}@(?:[a-z\d-]{1,63}\.){1,8}[a-z]{2,24}(?![\p{L}\p{N}_@-])`,
  String.raw`${ALONE}(?:[a-z\d-]{1,63}\.){1,8}(?:${DOMAINS})(?![\p{L}\p{N}_@-]|\.[\p{L}\p{N}])(?:[/?#]${REST}*)?`,
].join('|')

const BARE = new RegExp(`^(?:${ADDRESS})$`, 'iu')
const MAILBOX = /^mailto:[\w.+-]+@[a-z\d-]+(?:\.[a-z\d-]+)+$/i
const CLOSES_A_SENTENCE = new Set('.,;:!?]}*_~|…»”’。，、！？；：）】」』》')

export interface Link {
  /** The address, with its true host. */
  shown: string
  href: string
}

/** The link at the beginning of what `ADDRESS` has matched, and its length there; undefined if it is none. */
export function linkAt(matched: string): (Link & { length: number }) | undefined {
  const address = withoutClosing(matched)
  const link = linkTo(address)
  return link && { ...link, length: address.length }
}

/** The link of an address as somebody wrote it, with or without its scheme. */
export function linkTo(address: string): Link | undefined {
  if (/^(?:https?|mailto):/i.test(address)) return linkToWhole(address)
  // The second looks like a scheme, with letters that another case makes equal to those of one.
  if (!BARE.test(address) || /^[^/?#.]*:/.test(address)) return undefined
  const scheme = /^[^/?#]*@/.test(address) ? 'mailto:' : 'https://'
  const link = linkToWhole(scheme + address)
  return link && { ...link, shown: link.shown.slice(scheme.length) }
}

function linkToWhole(address: string): Link | undefined {
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
