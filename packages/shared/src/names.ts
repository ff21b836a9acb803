import { Type } from 'typebox'

// Unicode calls them default ignorable: they are in the text and not on the screen, or turn round what follows.
const HIDDEN = '\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}\\ufff9-\\ufffb'
// Two of them make emoji out of pictographs, where they are as visible as can be.
const EMOJI_STYLE = '(?<=\\p{Extended_Pictographic})\\ufe0f'
const EMOJI_JOINER =
  '(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\ufe0f])\\u200d(?=\\p{Extended_Pictographic})'

/**
 * What a name is made of: nothing that is hidden or rearranges what stands beside it, and no space at its ends, or two
 * names could differ and look the same. A message may hold all of that: it stands alone and is isolated on the screen.
 */
export const NAME_PATTERN = `^(?!\\s)(?:[^${HIDDEN}]|${EMOJI_STYLE}|${EMOJI_JOINER})*(?<!\\s)$`

/** The name of something, of at most so many characters. */
export function Name(options: { minLength?: number; maxLength: number }) {
  return Type.String({ ...options, pattern: NAME_PATTERN })
}

const NOT_IN_NAMES = new RegExp(`${EMOJI_STYLE}|${EMOJI_JOINER}|([${HIDDEN}])`, 'gu')

/** A name somebody else gave, such as Auth0, without what no name of ours may hold. */
export function toName(text: string): string {
  return text.replaceAll(NOT_IN_NAMES, (all, hidden?: string) => (hidden ? '' : all)).trim()
}
