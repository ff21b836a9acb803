import { word } from '../word.ts'

export const charsLeft = word('{count, plural, one {# character left} other {# characters left}}')
export const tooLong = word(
  '{count, plural, one {# character too long. Shorten it, or send it in parts.} other {# characters too long. Shorten it, or send it in parts.}}',
)
export const farTooLong = word('Too long for one message. Shorten it, or send it in parts.')
