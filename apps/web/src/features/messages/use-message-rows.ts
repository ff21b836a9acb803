import type { Message, MessagePage } from '@conclave/shared/messages'
import { isToRead } from '@conclave/shared/unread'
import { useMemo, useState } from 'react'
import { useClock } from '../../ui/use-clock.ts'
import { dateFormat } from '../../words/dates.ts'
import { useEdits } from '../edits/Edits.tsx'
import { createRowOf, isShown, messageRows, type MessageRow, type Visit } from './message-rows.ts'
import type { TimeFormats } from './MessageItem.tsx'
import type { PendingMessage } from './pending.ts'

interface Options {
  page: MessagePage
  pending: readonly PendingMessage[]
  myId: string
  visit: Visit
}

/** The rows of a conversation, the current time, and how times are shown. */
export function useMessageRows({ page, pending, myId, visit }: Options): {
  rows: MessageRow[]
  now: Date
  formats: TimeFormats
} {
  const { now, formats } = useNow()
  const { removedShownSince } = useEdits()
  const starts = useStarts(page.messages.find((one) => isShown(one, removedShownSince)))
  const unread = useUnreadCount(page.messages, myId, visit)
  const [rowOf] = useState(createRowOf)
  const rows = useMemo(() => {
    const shared = { rowOf, pending, myId, visit, unread, starts, now, removedShownSince }
    return messageRows({ ...page, ...shared })
  }, [rowOf, page, pending, myId, visit, unread, starts, now, removedShownSince])
  return { rows, now, formats }
}

/**
 * The messages with which what is shown has begun so far. They go on showing their author when more is loaded above them, or
 * what is read below them would move.
 */
function useStarts(firstShown: Message | undefined): ReadonlySet<string> {
  const first = firstShown?.id
  const [starts, setStarts] = useState<ReadonlySet<string>>(new Set())
  if (first === undefined || starts.has(first)) return starts
  const more = new Set([...starts, first])
  setStarts(more)
  return more
}

/**
 * How many messages are to be read below the "New" line. Those that are not loaded yet count as such: hardly anybody writes
 * below what they have not read.
 */
function useUnreadCount(
  messages: readonly Message[],
  myId: string,
  { readSeq, lastSeq, unread, throughSeq = lastSeq }: Visit,
): number {
  // What is not to be read stays so: it is mine, a line of the system, or removed.
  const [others, setOthers] = useState<ReadonlySet<number>>(new Set())
  const more = messages.filter((one) => !isToRead(one, myId) && !others.has(one.seq))
  const all = more.length > 0 ? new Set([...others, ...more.map(({ seq }) => seq)]) : others
  if (all !== others) setOthers(all)
  const between = (from: number, to: number) =>
    to - from - [...all].filter((seq) => seq > from && seq <= to).length
  if (unread !== undefined) return unread + between(lastSeq, throughSeq)
  return between(readSeq, throughSeq)
}

/** The current time that "Today" is computed from, and the formats; made again when the day or the time zone changes. */
function useNow(): ReturnType<typeof nowAt> {
  const clock = useClock()
  return useMemo(() => nowAt(clock), [clock])
}

function nowAt(clock: string): { clock: string; now: Date; formats: TimeFormats } {
  return {
    clock,
    now: new Date(),
    formats: { time: dateFormat('time'), full: dateFormat('full') },
  }
}
