import * as words from '../../words/en/unread.en.ts'
import { t } from '../../words/say.ts'
import { countText, type UnreadMark } from './unread-mark.ts'

/** How many messages of a room are for me, or a dot if something else is unread. */
export function RoomMark({ mark, isDirect }: { mark: UnreadMark; isDirect: boolean }) {
  const count = countText(mark)
  return (
    <span
      className={
        count
          ? 'min-w-5 shrink-0 rounded-full bg-brass px-1.5 text-center text-tiny/5 font-semibold text-on-brass tabular-nums'
          : 'size-1.5 shrink-0 rounded-full bg-brass'
      }
    >
      {count && <span aria-hidden="true">{count}</span>}
      <span className="sr-only">{said(mark, isDirect)}</span>
    </span>
  )
}

function said({ count, hasMore }: UnreadMark, isDirect: boolean): string {
  if (count === 0) return t(words.unread)
  if (isDirect) return t(hasMore ? words.moreUnread : words.manyUnread, { count })
  return t(hasMore ? words.moreMentions : words.mentioned, { count })
}
