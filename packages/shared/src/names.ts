import { Type } from 'typebox'
import { NEEDED_JOINER } from './joiners.ts'
import { BLANK, HIDDEN, hasSomethingToSee, WITH_SOMETHING_TO_SEE } from './visible.ts'

// Variation selector 16 turns a pictograph or a digit into an emoji, and is visible there.
const EMOJI_STYLE = '(?<=\\p{Extended_Pictographic})\\ufe0f|(?<=[#*0-9])\\ufe0f(?=\\u20e3)'
const NEEDED = `${EMOJI_STYLE}|${NEEDED_JOINER}`
const CONTENT = `(?![${BLANK}])${WITH_SOMETHING_TO_SEE}(?:[^${HIDDEN}]|${NEEDED})+(?<![${BLANK}])`

const NAME_PATTERN = `^${CONTENT}$`
const NAME_OR_EMPTY_PATTERN = `^(?:${CONTENT})?$`

/**
 * The schema of a name. A name has something visible, nothing hidden, nothing that reorders the text beside it, and no
 * space at its ends; otherwise two different names could look the same. Messages may contain all of that, because they
 * are isolated on the screen.
 */
export function Name(options: { maxLength: number }) {
  return Type.String({ ...options, minLength: 1, pattern: NAME_PATTERN })
}

/** The same, or empty. */
export function NameOrEmpty(options: { maxLength: number }) {
  return Type.String({ ...options, pattern: NAME_OR_EMPTY_PATTERN })
}

const NOT_IN_NAMES = new RegExp(`${NEEDED}|([${HIDDEN}])`, 'gu')
const BLANK_ENDS = new RegExp(`^[${BLANK}]+|(?<![${BLANK}])[${BLANK}]+$`, 'gu')

/** A name from Auth0 or an input field, without what names must not contain. Empty when nothing visible is left. */
export function toName(text: string): string {
  const shown = text.replaceAll(NOT_IN_NAMES, (all, hidden?: string) => (hidden ? '' : all))
  return hasSomethingToSee(shown) ? shown.replaceAll(BLANK_ENDS, '') : ''
}

const UNHEARD = new RegExp(`[${HIDDEN}]`, 'gu')

/** Whether the search text matches the name, ignoring joiners, case and how letters are composed. */
export function isSoughtBy(name: string, sought: string): boolean {
  return skeleton(name).includes(skeleton(sought))
}

function skeleton(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(UNHEARD, '')
    .replaceAll(BLANK_ENDS, '')
    .toLocaleLowerCase()
}

/** What each of these patterns requires, in words, for problem documents. */
export const NAME_RULES = {
  [NAME_PATTERN]:
    'must have something to see in it, no space at its ends, and nothing that is hidden',
  [NAME_OR_EMPTY_PATTERN]:
    'must be empty or have something to see in it, no space at its ends, and nothing that is hidden',
} as const
