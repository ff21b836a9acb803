const GROUP_WITHIN_MS = 5 * 60_000

export interface TimelineMessage {
  id: string
  authorId: string
  createdAt: string
}

export type TimelineItem<M extends TimelineMessage> =
  | { kind: 'day'; key: string; label: string }
  | { kind: 'group'; key: string; authorId: string; messages: M[] }

/** Messages in order, cut into local days and into what one person said in one go. */
export function timeline<M extends TimelineMessage>(
  messages: readonly M[],
  now: Date,
  timeZone?: string,
): TimelineItem<M>[] {
  const dayOf = dayFormat(timeZone)
  const items: TimelineItem<M>[] = []
  let day: string | undefined
  let before: M | undefined
  let group: M[] = []
  for (const message of messages) {
    const date = new Date(message.createdAt)
    const today = dayOf(date)
    if (today !== day) {
      items.push({
        kind: 'day',
        key: `day-${today}-${message.id}`,
        label: dayLabel(date, now, timeZone),
      })
    }
    if (today === day && before && continues(before, message)) {
      group.push(message)
    } else {
      group = [message]
      items.push({ kind: 'group', key: message.id, authorId: message.authorId, messages: group })
    }
    day = today
    before = message
  }
  return items
}

function continues(before: TimelineMessage, message: TimelineMessage): boolean {
  if (before.authorId !== message.authorId) return false
  return Date.parse(message.createdAt) - Date.parse(before.createdAt) <= GROUP_WITHIN_MS
}

/** "Today", "Yesterday", or the date; with the year when it is another. */
export function dayLabel(date: Date, now: Date, timeZone?: string): string {
  const dayOf = dayFormat(timeZone)
  const day = dayOf(date)
  const today = dayOf(now)
  if (day === today) return 'Today'
  if (day === dayBefore(today)) return 'Yesterday'
  return new Intl.DateTimeFormat('en', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(day.slice(0, 4) === today.slice(0, 4) ? {} : { year: 'numeric' }),
    ...zone(timeZone),
  }).format(date)
}

/** Calendar arithmetic, because a day may have 23 or 25 hours. */
function dayBefore(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() - 1)
  return date.toISOString().slice(0, 10)
}

function dayFormat(timeZone: string | undefined): (date: Date) => string {
  const format = new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    ...zone(timeZone),
  })
  return (date) => format.format(date)
}

function zone(timeZone: string | undefined): { timeZone?: string } {
  return timeZone === undefined ? {} : { timeZone }
}
