const FIRST_STRONG_ISOLATE = '\u2068'
const POP_ISOLATE = '\u2069'

// Everything that changes the writing direction: direction controls, and the letters of right-to-left scripts.
const DIRECTION_CONTROLS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu
const TURNS =
  /[\u0590-\u08FF\u200E\u200F\u202A-\u202E\u2066-\u2069\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u

/**
 * A name as part of plain text, such as a title or a label, where `<bdi>` is not possible: the words beside it keep
 * their direction and place. Most names are returned unchanged.
 */
export function isolated(name: string): string {
  if (!TURNS.test(name)) return name
  return FIRST_STRONG_ISOLATE + name.replaceAll(DIRECTION_CONTROLS, '') + POP_ISOLATE
}
