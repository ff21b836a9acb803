const FIRST_STRONG_ISOLATE = '\u2068'
const POP_ISOLATE = '\u2069'

// Everything that changes the writing direction: direction controls, and the letters of right-to-left scripts.
const DIRECTION_CONTROLS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu
const TURNS =
  /[\u0590-\u08FF\u200E\u200F\u202A-\u202E\u2066-\u2069\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u

/**
 * A name as part of plain text, such as a title or a label, where `<bdi>` is not possible: the words beside it keep
 * their direction and place. Most names are returned unchanged where the page is written from left to right.
 */
export function isolated(name: string): string {
  if (!TURNS.test(name) && globalThis.document?.dir !== 'rtl') return name
  const kept = isClosed(name) ? name : name.replaceAll(DIRECTION_CONTROLS, '')
  return FIRST_STRONG_ISOLATE + kept + POP_ISOLATE
}

/** Whether there are only whole isolates in it, as around each name of a list: they end where they began. */
function isClosed(name: string): boolean {
  let depth = 0
  for (const [control] of name.matchAll(DIRECTION_CONTROLS)) {
    if (control === FIRST_STRONG_ISOLATE) depth += 1
    else if (control === POP_ISOLATE && depth > 0) depth -= 1
    else return false
  }
  return depth === 0
}
