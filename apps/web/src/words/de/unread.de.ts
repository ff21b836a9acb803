import type * as english from '../en/unread.en.ts'
import { translated } from '../word.ts'

export const unread = translated<typeof english>()({
  unread: 'ungelesen',
  manyUnread: '{count, number} ungelesen',
  moreUnread: '{count, number} oder mehr ungelesen',
  mentioned: 'ungelesen, {count, plural, one {# Erwähnung} other {# Erwähnungen}}',
  moreMentions: 'ungelesen, {count, number} oder mehr Erwähnungen',
  orMore: '{count, number}+',
})
