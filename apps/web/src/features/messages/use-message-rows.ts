import type { Message, MessagePage } from '@conclave/shared/messages'
import { useMemo, useState } from 'react'
import { useClock } from '../../ui/use-clock.ts'
import { dateFormat } from '../../words/dates.ts'
import { createRowOf, messageRows, type MessageRow, type Visit } from './message-rows.ts'
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
  const starts = useStarts(page.messages)
  const unread = useUnreadCount(page.messages, myId, visit)
  const [rowOf] = useState(createRowOf)
  const rows = useMemo(() => {
    const { messages, reachesStart, reachesEnd } = page
    const sides = { reachesStart, reachesEnd }
    return messageRows({ rowOf, messages, pending, myId, visit, ...sides, unread, starts, now })
  }, [rowOf, page, pending, myId, visit, unread, starts, now])
  return { rows, now, formats }
}

/**
 * The messages with which what is loaded has begun so far. They go on showing their author when more is loaded above them, or
 * what is read below them would move.
 */
function useStarts(messages: readonly Message[]): ReadonlySet<string> {
  const first = messages[0]?.id
  const [starts, setStarts] = useState<ReadonlySet<string>>(new Set())
  if (first === undefined || starts.has(first)) return starts
  const more = new Set([...starts, first])
  setStarts(more)
  return more
}

/**
 * How many messages of others were unread when I opened the room. Those that are not loaded yet count as theirs: hardly
 * anybody writes below what they have not read.
 */
function useUnreadCount(
  messages: readonly Message[],
  myId: string,
  { readSeq, lastSeq }: Visit,
): number {
  const [mine, setMine] = useState<ReadonlySet<number>>(new Set())
  const more = messages.filter(
    ({ seq, authorId, line }) =>
      seq > readSeq && seq <= lastSeq && (authorId === myId || line) && !mine.has(seq),
  )
  const count = lastSeq - readSeq - mine.size - more.length
  if (more.length > 0) setMine(new Set([...mine, ...more.map(({ seq }) => seq)]))
  return count
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
