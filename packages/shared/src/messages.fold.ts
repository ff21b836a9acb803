import type { RoomEvent } from './events.ts'
import type { Message, MessagePage, RoomChanges } from './messages.ts'
import { unreachable } from './unreachable.ts'

/** The page after an event of the room; the caller has checked that `rev` is exactly next. */
export function foldMessages(page: MessagePage, event: RoomEvent, rev: number): MessagePage {
  switch (event.type) {
    case 'message.posted':
    case 'message.changed':
      return { ...page, rev, messages: withMessages(page.messages, placeable(page, [event.data])) }
    case 'message.superseded':
    case 'member.joined':
    case 'member.updated':
    case 'member.left':
    case 'room.updated':
      return { ...page, rev }
    default:
      return unreachable(event)
  }
}

/** The page after a catch-up, or undefined when it has to be loaded again. */
export function catchUpMessages(page: MessagePage, changes: RoomChanges): MessagePage | undefined {
  if (changes.reset) return undefined
  if (changes.rev <= page.rev) return page
  const messages = withMessages(page.messages, placeable(page, changes.messages))
  return { ...page, rev: changes.rev, messages }
}

/** The messages that fit into the page: older ones, or newer ones if the page does not reach the end, would leave a gap. */
function placeable(page: MessagePage, messages: Message[]): Message[] {
  const first = page.messages[0]?.seq ?? 1
  const last = page.reachesEnd ? Infinity : (page.messages.at(-1)?.seq ?? 0)
  return messages.filter(({ seq }) => seq >= first && seq <= last)
}

/**
 * Whether messages are missing between the end of a page and this message. Revisions do not show this when the missing
 * message's event was `message.superseded`.
 */
export function isBeyondNext({ messages, reachesEnd }: MessagePage, { seq }: Message): boolean {
  return reachesEnd && seq > (messages.at(-1)?.seq ?? 0) + 1
}

/**
 * Two pages of a room as one, if nothing lies between them; otherwise undefined. They may overlap, and come in any order. A
 * page without messages only says that there is nothing before or after the other.
 */
export function joinPages(one: MessagePage, other: MessagePage): MessagePage | undefined {
  const [older, newer] = firstSeq(one) <= firstSeq(other) ? [one, other] : [other, one]
  const isEmpty = older.messages.length === 0 || newer.messages.length === 0
  if (!isEmpty && lastSeq(older) + 1 < firstSeq(newer)) return undefined
  const furthest = lastSeq(older) > lastSeq(newer) ? older : newer
  const isSameEnd = isEmpty || lastSeq(older) === lastSeq(newer)
  return {
    messages: withMessages(older.messages, newer.messages),
    // The lower revision of the two: what came after it is caught up.
    rev: Math.min(one.rev, other.rev),
    reachesStart: one.reachesStart || other.reachesStart,
    reachesEnd: isSameEnd ? one.reachesEnd || other.reachesEnd : furthest.reachesEnd,
  }
}

function firstSeq({ messages }: MessagePage): number {
  return messages[0]?.seq ?? 0
}

function lastSeq({ messages }: MessagePage): number {
  return messages.at(-1)?.seq ?? 0
}

/** The page without what is more than `max` messages from its start, or from its end. */
export function shortened(
  page: MessagePage,
  { from, max }: { from: 'start' | 'end'; max: number },
): MessagePage {
  if (page.messages.length <= max) return page
  return from === 'start'
    ? { ...page, messages: page.messages.slice(0, max), reachesEnd: false }
    : { ...page, messages: page.messages.slice(-max), reachesStart: false }
}

/**
 * The page with a message as it was answered, if it has that message and no later state of it. The page's revision stays: an
 * answer says nothing about what else has happened.
 */
export function withAnswered(page: MessagePage, message: Message): MessagePage {
  if (!page.messages.some(({ id, rev }) => id === message.id && rev < message.rev)) return page
  return { ...page, messages: withMessages(page.messages, [message]) }
}

function withMessages(messages: Message[], news: Message[]): Message[] {
  const [only] = news
  if (!only) return messages
  // Most events are about a new message, and pages may be long.
  if (news.length === 1 && only.seq > (messages.at(-1)?.seq ?? 0)) return [...messages, only]
  const byId = new Map(messages.map((message) => [message.id, message]))
  for (const message of news) {
    const before = byId.get(message.id)
    if (!before || before.rev < message.rev) byId.set(message.id, message)
  }
  return [...byId.values()].toSorted((a, b) => a.seq - b.seq)
}
