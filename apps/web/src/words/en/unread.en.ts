import { word } from '../word.ts'

export const unread = word('unread')
export const manyUnread = word('{count, number} unread')
export const moreUnread = word('{count, number} or more unread')
export const mentioned = word('unread, {count, plural, one {# mention} other {# mentions}}')
export const moreMentions = word('unread, {count, number} or more mentions')
/** In a row of the list of rooms, where there is little space. */
export const orMore = word('{count, number}+')
