import { useMemo, useSyncExternalStore } from 'react'
import { shownDate } from '../../words/dates.ts'
import { someone } from '../../words/en/people.en.ts'
import { t } from '../../words/say.ts'
import { usePersonName } from '../people/people.queries.ts'
import { dayLabels } from './grouping.ts'
import type { TimeFormats } from './MessageItem.tsx'
import type { ShownMessage } from './message-rows.ts'
import type { TopStore } from './top-of-view.ts'

/**
 * At the upper edge of the messages: whose message is cut off there and when it was sent, so that this can always be told;
 * and, while somebody scrolls, the day. Screen readers hear both with the message itself.
 */
export function TopLine({ top, now, formats }: { top: TopStore; now: Date; formats: TimeFormats }) {
  const { message, isCut, isScrolling } = useSyncExternalStore(top.subscribe, top.now)
  const labelOf = useMemo(() => dayLabels(now), [now])
  if (!message) return null
  return (
    <div aria-hidden="true" className="pointer-events-none sticky top-0 z-1 h-0 shrink-0">
      {isCut && <Author message={message} formats={formats} />}
      {isScrolling && (
        <p data-floating-day className="absolute inset-x-0 top-8 flex justify-center">
          <span className="appear rounded-full border border-line bg-raised px-3 py-0.5 text-small font-medium text-soft shadow-float">
            {labelOf(new Date(message.createdAt))}
          </span>
        </p>
      )}
    </div>
  )
}

function Author({ message, formats }: { message: ShownMessage; formats: TimeFormats }) {
  const name = usePersonName(message.authorId) ?? t(someone)
  return (
    <div className="border-b border-line bg-paper">
      <p
        data-top-author
        className="column flex h-[27px] items-center gap-2 px-5 text-small max-wide:px-4"
      >
        <bdi className="written-line ps-12 font-semibold">{name}</bdi>
        <span className="shrink-0 text-soft tabular-nums">
          {shownDate(formats.time, new Date(message.createdAt))}
        </span>
      </p>
    </div>
  )
}
