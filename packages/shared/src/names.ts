import { Type } from 'typebox'
import { NEEDED_JOINER } from './joiners.ts'
import { BLANK, HIDDEN, hasSomethingToSee, WITH_SOMETHING_TO_SEE } from './visible.ts'

// It makes an emoji of a pictograph or of a key, where it is as visible as can be.
const EMOJI_STYLE = '(?<=\\p{Extended_Pictographic})\\ufe0f|(?<=[#*0-9])\\ufe0f(?=\\u20e3)'
const NEEDED = `${EMOJI_STYLE}|${NEEDED_JOINER}`
const CONTENT = `(?![${BLANK}])${WITH_SOMETHING_TO_SEE}(?:[^${HIDDEN}]|${NEEDED})+(?<![${BLANK}])`

const NAME_PATTERN = `^${CONTENT}$`
const NAME_OR_EMPTY_PATTERN = `^(?:${CONTENT})?$`

/**
 * The name of something, of at most so many characters. There is something to see in it, and nothing that is hidden or
 * rearranges what stands beside it, and no space at its ends, or two names could differ and look the same. A message may
 * hold all of that: it stands alone and is isolated on the screen.
 */
export function Name(options: { maxLength: number }) {
  return Type.String({ ...options, minLength: 1, pattern: NAME_PATTERN })
}

/** The same where it may be left out. */
export function NameOrEmpty(options: { maxLength: number }) {
  return Type.String({ ...options, pattern: NAME_OR_EMPTY_PATTERN })
}

const NOT_IN_NAMES = new RegExp(`${NEEDED}|([${HIDDEN}])`, 'gu')
const BLANK_ENDS = new RegExp(`^[${BLANK}]+|(?<![${BLANK}])[${BLANK}]+$`, 'gu')

/**
 * A name somebody else gave, such as Auth0, or that was typed, without what no name of ours may hold. Empty when
 * nothing that can be seen is left.
 */
export function toName(text: string): string {
  const shown = text.replaceAll(NOT_IN_NAMES, (all, hidden?: string) => (hidden ? '' : all))
  return hasSomethingToSee(shown) ? shown.replaceAll(BLANK_ENDS, '') : ''
}

const UNHEARD = new RegExp(`[${HIDDEN}]`, 'gu')

/** Whether somebody who types this looks for that name: joiners, case and how a letter is composed say nothing. */
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

/** What each of these patterns asks for, in words: nobody reads them out of an expression. */
export const NAME_RULES = {
  [NAME_PATTERN]:
    'must have something to see in it, no space at its ends, and nothing that is hidden',
  [NAME_OR_EMPTY_PATTERN]:
    'must be empty or have something to see in it, no space at its ends, and nothing that is hidden',
} as const
