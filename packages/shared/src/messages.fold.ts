import type { RoomEvent } from './events.ts'
import type { Message, MessagePage, RoomChanges } from './messages.ts'

/** The page after something happened in the room; the caller has checked that `rev` is exactly next. */
export function foldMessages(page: MessagePage, event: RoomEvent, rev: number): MessagePage {
  switch (event.type) {
    case 'message.posted':
      // A page that ends in the past stays a gap-free run: it will load its way to the new message.
      return page.reachesEnd
        ? { ...page, rev, messages: withMessages(page.messages, [event.data]) }
        : { ...page, rev }
    case 'member.joined':
    case 'member.updated':
    case 'member.left':
      return { ...page, rev }
  }
}

/** The page after a catch-up, or undefined when it has to be loaded anew. */
export function catchUpMessages(page: MessagePage, changes: RoomChanges): MessagePage | undefined {
  if (changes.reset) return undefined
  if (changes.rev <= page.rev) return page
  const held = new Set(page.messages.map(({ id }) => id))
  const first = page.messages[0]?.seq ?? 1
  // What is older than the page has no place in it: there would be a gap between.
  const news = changes.messages.filter(
    ({ id, seq }) => held.has(id) || (page.reachesEnd && seq >= first),
  )
  return { ...page, rev: changes.rev, messages: withMessages(page.messages, news) }
}

/** Two adjoining pages as one; the newer revision of a message wins. */
export function joinPages(older: MessagePage, newer: MessagePage): MessagePage {
  return {
    messages: withMessages(older.messages, newer.messages),
    // Only what both have seen is certain; the rest is caught up.
    rev: Math.min(older.rev, newer.rev),
    reachesStart: older.reachesStart,
    reachesEnd: newer.reachesEnd,
  }
}

function withMessages(held: Message[], news: Message[]): Message[] {
  const byId = new Map(held.map((message) => [message.id, message]))
  for (const message of news) {
    const before = byId.get(message.id)
    if (!before || before.rev < message.rev) byId.set(message.id, message)
  }
  return [...byId.values()].toSorted((a, b) => a.seq - b.seq)
}
