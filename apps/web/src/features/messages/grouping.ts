import { localDay } from '../../ui/local-day.ts'
import { dateFormat, isThisYear, shownDate } from '../../words/dates.ts'
import * as words from '../../words/en/messages.en.ts'
import { t } from '../../words/say.ts'

const GROUP_GAP_MAX_MS = 5 * 60_000
/** So long a group says its author and a time again: on a touch screen nothing else says when its messages were sent. */
const GROUP_MAX_MS = 15 * 60_000

export interface TimelineMessage {
  id: string
  /** Something that the system says; these are together, whoever did it. */
  line?: object | undefined
  authorId: string
  createdAt: string
  /** A removed message is a line of its own. */
  removed?: unknown
}

export type TimelineItem<M extends TimelineMessage> =
  | { kind: 'day'; key: string; label: string }
  | { kind: 'group'; key: string; authorId: string; messages: M[] }

/**
 * Messages in order, grouped by the reader's days and by consecutive messages of one person. Another group begins at those of
 * `starts`, by their ids.
 */
export function timeline<M extends TimelineMessage>(
  messages: readonly M[],
  now: Date,
  starts: ReadonlySet<string> = new Set(),
): TimelineItem<M>[] {
  const items: TimelineItem<M>[] = []
  let day: number | undefined
  let group: M[] = []
  const labelOf = dayLabels(now)
  for (const message of messages) {
    const date = new Date(message.createdAt)
    const today = localDay(date)
    const isSameDay = Object.is(today, day)
    if (!isSameDay) {
      items.push({ kind: 'day', key: `day-${today}-${message.id}`, label: labelOf(date) })
    }
    if (isSameDay && !starts.has(message.id) && continues(group, message)) {
      group.push(message)
    } else {
      group = [message]
      items.push({ kind: 'group', key: message.id, authorId: message.authorId, messages: group })
    }
    day = today
  }
  return items
}

function continues(group: readonly TimelineMessage[], message: TimelineMessage): boolean {
  const [first, before] = [group[0], group.at(-1)]
  if (!first || !before) return false
  if (before.line || message.line) return before.line !== undefined && message.line !== undefined
  if (before.authorId !== message.authorId) return false
  if (before.removed || message.removed) return false
  const at = Date.parse(message.createdAt)
  if (at - Date.parse(first.createdAt) > GROUP_MAX_MS) return false
  return at - Date.parse(before.createdAt) <= GROUP_GAP_MAX_MS
}

/** "Today", "Yesterday", or the date, with the year when it is not this one. The formats are made once: that takes long. */
export function dayLabels(now: Date): (date: Date) => string {
  const today = localDay(now)
  const formats = new Map<string, Intl.DateTimeFormat>()
  function formatted(date: Date): string {
    const look = isThisYear(date, now) ? 'longDay' : 'longDayOfYear'
    const format = formats.get(look) ?? dateFormat(look)
    formats.set(look, format)
    return shownDate(format, date)
  }
  return (date) => {
    const daysAgo = today - localDay(date)
    if (daysAgo === 0) return t(words.today)
    return daysAgo === 1 ? t(words.yesterday) : formatted(date)
  }
}
