const FIRST_STRONG_ISOLATE = '\u2068'
const POP_ISOLATE = '\u2069'

// Everything that changes the writing direction: direction controls, and the letters of right-to-left scripts.
const DIRECTION_CONTROLS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu
const TURNS =
  /[\u0590-\u08FF\u200E\u200F\u202A-\u202E\u2066-\u2069\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u

/** Names that were isolated before, as in a list of them. */
const ISOLATES = /\u2068[^\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]*\u2069/gu

/**
 * A name as part of plain text, such as a title or a label, where `<bdi>` is not possible: the words beside it keep
 * their direction and place. Most names are returned unchanged where the page is written from left to right.
 */
export function isolated(name: string): string {
  const open = name.replaceAll(ISOLATES, '')
  if (!TURNS.test(open) && globalThis.document?.dir !== 'rtl') return name
  const isClosed = open.search(DIRECTION_CONTROLS) < 0
  return (
    FIRST_STRONG_ISOLATE + (isClosed ? name : name.replaceAll(DIRECTION_CONTROLS, '')) + POP_ISOLATE
  )
}
