import type { RoomEvent } from './events.ts'
import type { Message, RoomChanges } from './messages.ts'
import type { Quote } from './quotes.ts'
import { unreachable } from './unreachable.ts'

/** In code points: what fits into two lines of a wide window. */
const EXCERPT_MAX = 280
/** How many code points of a text its excerpt depends on: one more shows that there is more. */
export const EXCERPT_NEEDS = EXCERPT_MAX + 1
const HALF_MENTION = /<(?:[@!][^<>]*)?$/

/** Quotes of one room by the ids of their messages; null: the room has no such message. */
export interface HeldQuotes {
  rev: number
  byId: Readonly<Record<string, Quote | null>>
}

/** The quote of a message in its current state. The api makes quotes by this too, so that both sides have the same. */
export function quoteOf({ id, seq, rev, authorId, text, removed }: Message): Quote {
  return {
    id,
    seq,
    rev,
    authorId,
    ...(removed ? { text: '', removed: true } : { text: excerptOf(text) }),
  }
}

/** The beginning of a text, without half a mention at its end. */
export function excerptOf(text: string): string {
  const beginning = Array.from(text.slice(0, EXCERPT_NEEDS * 2))
  if (beginning.length <= EXCERPT_MAX) return text
  return beginning.slice(0, EXCERPT_MAX).join('').replace(HALF_MENTION, '')
}

/** The quotes after an event of the room; the caller has checked that `rev` is exactly next. */
export function foldQuotes(held: HeldQuotes, event: RoomEvent, rev: number): HeldQuotes {
  switch (event.type) {
    case 'message.posted':
    case 'message.changed':
      return { rev, byId: withNewer(held.byId, [quoteOf(event.data)]) }
    case 'message.superseded':
    case 'member.joined':
    case 'member.updated':
    case 'member.left':
    case 'room.updated':
      return { ...held, rev }
    default:
      return unreachable(event)
  }
}

/** The quotes after a catch-up, or undefined when they have to be loaded again. */
export function catchUpQuotes(held: HeldQuotes, changes: RoomChanges): HeldQuotes | undefined {
  if (changes.reset) return undefined
  if (changes.rev <= held.rev) return held
  return { rev: changes.rev, byId: withNewer(held.byId, changes.messages.map(quoteOf)) }
}

/** Of those that are held the newer state. */
export function withNewer(held: HeldQuotes['byId'], quotes: readonly Quote[]): HeldQuotes['byId'] {
  const newer = quotes.filter(({ id, rev }) => {
    const known = held[id]
    return known !== undefined && (known?.rev ?? -1) < rev
  })
  if (newer.length === 0) return held
  return { ...held, ...Object.fromEntries(newer.map((quote) => [quote.id, quote])) }
}
