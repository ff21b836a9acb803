import type { Room } from '@conclave/shared/rooms'
import * as words from '../../words/en/unread.en.ts'
import { t } from '../../words/say.ts'

const SHOWN_MAX = 99

/** What is unread: whether anything is, and how many messages are for me. */
export interface UnreadMark {
  isUnread: boolean
  /** Of a direct room its messages, of others those that mention me. */
  count: number
  /** Whether there may be more, which nobody has counted. */
  hasMore: boolean
}

/** What a room's row says of what is unread in it. */
export function markOf({ kind, lastSeq, readSeq, unread, mentions }: Room): UnreadMark {
  const isUnread = lastSeq > readSeq
  const isDirect = kind === 'direct'
  const count = isDirect
    ? unread?.runs.reduce((sum, [from, to]) => sum + to - from + 1, 0)
    : mentions?.seqs.length
  const upTo = (isDirect ? unread : mentions)?.upTo ?? lastSeq
  return { isUnread, count: count ?? 0, hasMore: upTo < lastSeq }
}

/** What is unread in all rooms together. */
export function markOfAll(rooms: readonly Room[]): UnreadMark {
  const all = { isUnread: false, count: 0, hasMore: false }
  for (const room of rooms) {
    const mark = markOf(room)
    all.isUnread ||= mark.isUnread
    all.count += mark.count
    all.hasMore ||= mark.count > 0 && mark.hasMore
  }
  return all
}

/** The count as it is shown where there is little space; empty if there is none. */
export function countText({ count, hasMore }: UnreadMark): string {
  if (count === 0) return ''
  const isMore = hasMore || count > SHOWN_MAX
  return isMore ? t(words.orMore, { count: Math.min(count, SHOWN_MAX) }) : String(count)
}
