const LINE_CHARS = 80
/** More lines than this are folded. */
const SHOWN_LINES_MAX = 30

/**
 * Whether a text is folded until somebody asks for all of it. Estimated from the text and not measured, so that a row has its
 * final height at once, on a screen of any width.
 */
export function isLong(text: string): boolean {
  let lines = 0
  for (const line of text.split('\n')) {
    lines += Math.max(1, Math.ceil(line.length / LINE_CHARS))
    if (lines > SHOWN_LINES_MAX) return true
  }
  return false
}
