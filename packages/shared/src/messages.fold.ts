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

/** Whether nothing lies between two pages, which may overlap. */
export function adjoin(older: MessagePage, newer: MessagePage): boolean {
  const last = older.messages.at(-1)
  const first = newer.messages[0]
  return !last || !first || last.seq + 1 >= first.seq
}

/** Two adjoining pages as one; the newer revision of a message wins. */
export function joinPages(older: MessagePage, newer: MessagePage): MessagePage {
  return {
    messages: withMessages(older.messages, newer.messages),
    // The lower revision of the two: what came after it is caught up.
    rev: Math.min(older.rev, newer.rev),
    reachesStart: older.reachesStart,
    reachesEnd: newer.reachesEnd,
  }
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
