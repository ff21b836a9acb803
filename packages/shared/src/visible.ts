import { Type } from 'typebox'

/** Characters without a glyph: Unicode's default ignorable ones, controls, and blank symbols. */
export const HIDDEN =
  '\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}\\ufff9-\\ufffc\\u{13430}-\\u{1343f}\\u{1d159}'
/** Characters that are blank: every space, and the Braille pattern without dots. */
export const BLANK = '\\s\\p{Z}\\u2800'
// A combining mark alone does not count as visible.
const UNSEEN = `${HIDDEN}${BLANK}\\p{M}`
const SEEN = `[^${UNSEEN}]`
// Databases and other clients do not preserve NUL and lone surrogates.
const BROKEN = '\\u0000\\ud800-\\udfff'
// There is only one first visible character, so the expression does not backtrack.
const WRITTEN_PATTERN = `^(?:(?![${BROKEN}])[${UNSEEN}])*${SEEN}[^${BROKEN}]*$`

const SEEN_SOMEWHERE = new RegExp(SEEN, 'u')

/** Whether the text has anything visible: the one rule for messages, names and statuses. */
export function hasSomethingToSee(text: string): boolean {
  return SEEN_SOMEWHERE.test(text)
}

/** The same as a lookahead, for use in another pattern. */
export const WITH_SOMETHING_TO_SEE = `(?=.*${SEEN})`

/** Text that a person wrote, kept as it is, with something visible. */
export function Written() {
  return Type.String({ minLength: 1, pattern: WRITTEN_PATTERN })
}

/** What that pattern requires, in words, for problem documents. */
export const WRITTEN_RULES = {
  [WRITTEN_PATTERN]: 'must have something to see in it, and no NUL or half a character',
} as const
