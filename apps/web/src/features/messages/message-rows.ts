import type { Message } from '@conclave/shared/messages'
import { timeline } from './grouping.ts'
import type { PendingMessage } from './pending.ts'

/** A message as the list shows it: the stored one itself, or mine that is being sent. */
export type ShownMessage = (Message & { pending?: undefined }) | SendingMessage

interface SendingMessage extends Pick<Message, 'id' | 'authorId' | 'createdAt' | 'text'> {
  seq?: undefined
  pending: PendingMessage
}

export type MessageRow =
  | { kind: 'start'; key: string }
  | { kind: 'day'; key: string; label: string }
  | { kind: 'new'; key: string; count: number }
  | RowOfMessage

interface RowOfMessage {
  kind: 'message'
  key: string
  message: ShownMessage
  isFirst: boolean
}

/** What was read when the room was opened; the "New" line stays there. */
export interface Visit {
  readSeq: number
  lastSeq: number
}

/** Makes the rows of messages: of the same message the very same row, so that it is not rendered again. */
export type RowOf = (message: ShownMessage, isFirst: boolean) => RowOfMessage

export function createRowOf(): RowOf {
  const rows = new WeakMap<ShownMessage, RowOfMessage>()
  return (message, isFirst) => {
    const known = rows.get(message)
    if (known?.isFirst === isFirst) return known
    const row: RowOfMessage = { kind: 'message', key: message.id, message, isFirst }
    rows.set(message, row)
    return row
  }
}

/** One row per message, so that a list of any length mounts only what is in view. */
export function messageRows(options: {
  rowOf: RowOf
  messages: readonly Message[]
  pending: readonly PendingMessage[]
  myId: string
  visit: Visit
  reachesStart: boolean
  now: Date
}): MessageRow[] {
  const { rowOf, messages, pending, myId, visit } = options
  const firstUnread = findFirstUnread(messages, myId, visit)
  const shown: ShownMessage[] = [
    ...messages,
    ...pending.map((item) => ({
      id: item.id,
      authorId: myId,
      createdAt: item.createdAt,
      text: item.text,
      pending: item,
    })),
  ]
  const rows: MessageRow[] = options.reachesStart ? [{ kind: 'start', key: 'start' }] : []
  for (const item of timeline(shown, options.now)) {
    if (item.kind === 'day') {
      rows.push(item)
      continue
    }
    let isFirst = true
    for (const message of item.messages) {
      if (message.id === firstUnread?.id) {
        rows.push({ kind: 'new', key: 'new', count: countUnread(messages, myId, visit) })
        isFirst = true
      }
      rows.push(rowOf(message, isFirst))
      isFirst = false
    }
  }
  return rows
}

/** The row at which the room opens: the first unread message, or the last one. */
export function openingRow(rows: readonly MessageRow[], visit: Visit): number {
  const last = rows.length - 1
  if (visit.lastSeq <= visit.readSeq) return last
  const divider = rows.findIndex(({ kind }) => kind === 'new')
  if (divider >= 0) return divider
  // The first unread message is older than what is loaded.
  const oldest = rows.find((row) => row.kind === 'message')?.message.seq
  return oldest !== undefined && oldest > visit.readSeq + 1 ? 0 : last
}

/** How many unread messages others have sent; complete whenever the first of them is loaded. */
function countUnread(messages: readonly Message[], myId: string, visit: Visit): number {
  return messages.filter(
    ({ seq, authorId }) => seq > visit.readSeq && seq <= visit.lastSeq && authorId !== myId,
  ).length
}

function findFirstUnread(
  messages: readonly Message[],
  myId: string,
  { readSeq, lastSeq }: Visit,
): Message | undefined {
  const oldest = messages[0]
  if (lastSeq <= readSeq || !oldest || oldest.seq > readSeq + 1) return undefined
  return messages.find(({ seq, authorId }) => seq > readSeq && seq <= lastSeq && authorId !== myId)
}
