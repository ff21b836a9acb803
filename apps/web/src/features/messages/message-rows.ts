import { LINE_KINDS, type Message } from '@conclave/shared/messages'
import { isToRead } from '@conclave/shared/unread'
import { timeline } from './grouping.ts'
import type { PendingMessage } from './pending.ts'

/** A message as the list shows it: the stored one itself, or mine that is being sent. */
export type ShownMessage = StoredMessage | SendingMessage

export type StoredMessage = Message & { pending?: undefined }

interface SendingMessage extends Pick<
  Message,
  'id' | 'authorId' | 'createdAt' | 'text' | 'replyTo'
> {
  seq?: undefined
  removed?: undefined
  editedAt?: undefined
  mentions?: undefined
  notifies?: undefined
  reactions?: undefined
  pending: PendingMessage
}

export type MessageRow =
  | { kind: 'start'; key: string }
  | { kind: 'day'; key: string; label: string }
  | { kind: 'new'; key: string; count: number }
  | { kind: 'lines'; key: string; messages: readonly Message[] }
  | RowOfMessage

interface RowOfMessage {
  kind: 'message'
  key: string
  message: ShownMessage
  isFirst: boolean
  /** Up to this the room is read where this row is: what comes after it is not shown. */
  throughSeq: number | undefined
}

/** What was read and what was there when the room was opened; or before and after what the "New" line is above. */
export interface Visit {
  readSeq: number
  lastSeq: number
  /** How many messages were unread, if that was known. */
  unread?: number | undefined
  /** What came later, up to this, is new as well. */
  throughSeq?: number | undefined
}

/** Makes the rows of messages: of the same message the very same row, so that it is not rendered again. */
export type RowOf = (
  message: ShownMessage,
  isFirst: boolean,
  throughSeq: number | undefined,
) => RowOfMessage

export function createRowOf(): RowOf {
  const rows = new WeakMap<ShownMessage, RowOfMessage>()
  return (message, isFirst, throughSeq) => {
    const known = rows.get(message)
    if (known?.isFirst === isFirst && known.throughSeq === throughSeq) return known
    const row: RowOfMessage = { kind: 'message', key: message.id, message, isFirst, throughSeq }
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
  reachesEnd: boolean
  /** How many messages are to be read below the "New" line. */
  unread: number
  /** Messages that say their author again whatever is before them: see `useStarts`. */
  starts: ReadonlySet<string>
  now: Date
  /** Messages that were removed before this are not shown. */
  removedShownSince: number
}): MessageRow[] {
  const { rowOf, messages, pending, myId, visit, unread, starts } = options
  const firstUnread = findFirstUnread(messages, myId, visit)
  const shown: ShownMessage[] = [
    ...messages.filter((message) => isShown(message, options.removedShownSince)),
    // What I am sending comes after everything.
    ...(options.reachesEnd ? pending : []).map((item) => ({
      id: item.id,
      authorId: myId,
      createdAt: item.createdAt,
      text: item.text,
      ...(item.replyTo === undefined ? {} : { replyTo: item.replyTo }),
      pending: item,
    })),
  ]
  const through = readThrough(messages, options.removedShownSince)
  const rows: MessageRow[] = options.reachesStart ? [{ kind: 'start', key: 'start' }] : []
  for (const item of timeline(shown, options.now, starts)) {
    if (item.kind === 'day') {
      rows.push(item)
      continue
    }
    const lines = item.messages.filter(isLine)
    if (lines[0]) {
      rows.push({ kind: 'lines', key: lines[0].id, messages: lines })
      continue
    }
    let isFirst = true
    for (const message of item.messages) {
      if (message.id === firstUnread?.id) {
        rows.push({ kind: 'new', key: `new-${message.id}`, count: unread })
        isFirst = true
      }
      rows.push(rowOf(message, isFirst, through.get(message.id) ?? message.seq))
      isFirst = false
    }
  }
  return rows
}

/** What a newer server says of the room is ignored. */
export function isShown({ removed, line }: Message, removedShownSince: number): boolean {
  if (line && !LINE_KINDS.some((kind) => kind === line.kind)) return false
  return !removed || Date.parse(removed.at) >= removedShownSince
}

/** Of each shown message that others follow which are not shown, the seq of the last of these. */
function readThrough(messages: readonly Message[], removedShownSince: number): Map<string, number> {
  const through = new Map<string, number>()
  let lastShown: Message | undefined
  for (const message of messages) {
    if (isShown(message, removedShownSince)) lastShown = message
    else if (lastShown) through.set(lastShown.id, message.seq)
  }
  return through
}

function findFirstUnread(
  messages: readonly Message[],
  myId: string,
  visit: Visit,
): Message | undefined {
  const oldest = messages[0]
  if (visit.lastSeq <= visit.readSeq || !oldest || oldest.seq > visit.readSeq + 1) return undefined
  return messages.find((message) => isUnreadIn(message, myId, visit))
}

function isUnreadIn(message: Message, myId: string, visit: Visit): boolean {
  const { readSeq, lastSeq, throughSeq = lastSeq } = visit
  return message.seq > readSeq && message.seq <= throughSeq && isToRead(message, myId)
}

function isLine(message: ShownMessage): message is Message & { pending?: undefined } {
  return !message.pending && message.line !== undefined
}
