import { Type } from 'typebox'

/** In the text and not on the screen: what Unicode calls default ignorable, controls, and signs without a shape. */
export const HIDDEN =
  '\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}\\ufff9-\\ufffc\\u{13430}-\\u{1343f}\\u{1d159}'
/** Takes room on the screen and leaves it empty: every space, and the pattern of Braille without a dot. */
export const BLANK = '\\s\\p{Z}\\u2800'
// A mark needs a letter to stand on, so alone it does not count.
const UNSEEN = `${HIDDEN}${BLANK}\\p{M}`
const SEEN = `[^${UNSEEN}]`
// A NUL and a lone surrogate are what no database or peer keeps intact.
const BROKEN = '\\u0000\\ud800-\\udfff'
// The first thing to see is in one place only, so there is nothing to try again.
const WRITTEN_PATTERN = `^(?:(?![${BROKEN}])[${UNSEEN}])*${SEEN}[^${BROKEN}]*$`

const SEEN_SOMEWHERE = new RegExp(SEEN, 'u')

/** Whether any of this shows on a screen: the one rule for what may be sent, said, or called by. */
export function hasSomethingToSee(text: string): boolean {
  return SEEN_SOMEWHERE.test(text)
}

/** A lookahead for the same inside another pattern. */
export const WITH_SOMETHING_TO_SEE = `(?=.*${SEEN})`

/** What a person wrote, kept as it is, with something to see in it. */
export function Written(options: { maxLength: number }) {
  return Type.String({ ...options, minLength: 1, pattern: WRITTEN_PATTERN })
}

/** What that pattern asks for, in words: nobody reads it out of an expression. */
export const WRITTEN_RULES = {
  [WRITTEN_PATTERN]: 'must have something to see in it, and no NUL or half a character',
} as const
