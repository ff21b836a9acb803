import { isToRead } from '@conclave/shared/unread'
import type { Pane } from './list-pane.ts'
import type { Visit } from './message-rows.ts'

/** How far the room goes, and whether all of it is read by somebody who has the window before them. */
export interface Heard {
  lastSeq: number
  isRead: boolean
}

/** Where the "New" line is in an open room. */
export interface NewLine {
  /** What it was made for: it begins again with another. */
  visit: Visit
  line: Visit
  /** How far the room went when last everything was read; undefined where that was before the line. */
  caughtUpSeq: number | undefined
}

export function newLineOf(visit: Visit): NewLine {
  const { readSeq, lastSeq } = visit
  return { visit, line: visit, caughtUpSeq: readSeq >= lastSeq ? lastSeq : undefined }
}

/** After the room has become so. The line stays; until everything is read, it counts what arrives. */
export function afterHeard(now: NewLine, { lastSeq, isRead }: Heard): NewLine {
  if (isRead) return now.caughtUpSeq === lastSeq ? now : { ...now, caughtUpSeq: lastSeq }
  return now.caughtUpSeq === undefined ? withCounted(now, lastSeq) : now
}

/** The line counts everything up to there. */
export function withCounted(now: NewLine, lastSeq: number): NewLine {
  const { line } = now
  const isCounted = (line.throughSeq ?? line.lastSeq) >= lastSeq
  const isNone = line.readSeq >= line.lastSeq
  return isCounted || isNone ? now : { ...now, line: { ...line, throughSeq: lastSeq } }
}

/** The line before the first of what has arrived since everything was read; the very same if that is nothing. */
export function movedOn(now: NewLine, { lastSeq, isRead }: Heard): NewLine {
  const { caughtUpSeq } = now
  if (caughtUpSeq === undefined || isRead || lastSeq <= caughtUpSeq) return now
  return { ...now, line: { readSeq: caughtUpSeq, lastSeq }, caughtUpSeq: undefined }
}

/** Whether the line can go before the first message after this seq, and nothing is seen to move: neither place is in view. */
export function isOutOfView({ inView, mounted }: Pane, afterSeq: number, myId: string): boolean {
  // The message below the line says its author, and may no longer where the line is gone.
  const line = mounted.rows.findIndex(({ kind }) => kind === 'new')
  return !inView.some(({ index, row }) => {
    if (line >= 0 && (index === line || index === line + 1)) return true
    if (row.kind !== 'message' || row.message.pending) return false
    return row.message.seq > afterSeq && isToRead(row.message, myId)
  })
}
