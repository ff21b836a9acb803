import type { Kept } from '../../session/kept.ts'
import type { PendingMessage } from './pending.ts'
import { entriesIn, pendingOf, WAITING, writeEntry } from './waiting-entries.ts'
import { watchPages, type Handlers, type Pages } from './waiting-pages.ts'

/** Of the longest there are, they fill the 5 MB that browsers give an origin; what does not fit is kept in memory. */
const MAX_KEPT = 200

/** My messages that the server does not have yet, kept in this browser until it does. */
export interface Waiting {
  /** Settles once what earlier pages left behind has been taken over. */
  ready: () => Promise<void>
  keep: (item: PendingMessage) => void
  drop: (id: string) => void
  /** Drops those of this page in rooms that are not mine. */
  forget: (isMine: (roomId: string) => boolean) => void
  /** What other pages of mine wrote in its room before this one and have not sent yet, in the order of writing. */
  ahead: (item: PendingMessage) => PendingMessage[]
  open: (on: Handlers) => () => void
}

/** How many of a person's messages wait in this browser, refused ones included. */
export function countWaiting(kept: Kept): number {
  return kept.names(WAITING).length
}

/**
 * Each open page sends its own messages, in order; what a closed page left is taken over by another one. What another
 * page wrote earlier in the same room is sent first, by whichever page comes to it: sending a message from two pages is
 * harmless, because it has its id, and a page that stands still must not hold up the other.
 */
export function createWaiting(options: Pages): Waiting {
  const { kept, page } = options
  let ready = Promise.resolve()
  let lastNumber = 0

  function open(on: Handlers): () => void {
    const ended = new AbortController()
    // In a browser without locks, or a page that is closing, what is written here is sent all the same.
    ready = watchPages(options, on, ended.signal).catch(() => undefined)
    return () => ended.abort()
  }

  function ahead({ id, roomId }: PendingMessage): PendingMessage[] {
    // What could not be kept was written after everything that is.
    const own = nameOf(kept, id) ?? `${WAITING}~`
    return entriesIn(kept)
      .filter(({ name, entry }) => entry.roomId === roomId && entry.page !== page && name < own)
      .map((older) => pendingOf(older.id, older.entry))
      .filter(({ state }) => state === 'sending')
  }

  function keep(item: PendingMessage): void {
    const { id, roomId, text, replyTo, createdAt, state, transient, reason } = item
    const isRefused = state === 'failed' && !transient && reason !== undefined
    const name = nameOf(kept, id) ?? newName(id)
    if (!name) return
    const refused = isRefused ? { refused: reason } : {}
    writeEntry(kept, name, {
      page,
      roomId,
      text,
      ...(replyTo && { replyTo }),
      createdAt,
      ...refused,
    })
  }

  function newName(id: string): string | undefined {
    const names = kept.names(WAITING)
    if (names.length >= MAX_KEPT) return undefined
    // Counted, not taken from the clock, which may have been set back since the last page.
    lastNumber = Math.max(lastNumber, ...names.map((name) => Number(name.split('/')[1]))) + 1
    return `${WAITING}${String(lastNumber).padStart(12, '0')}/${id}`
  }

  function drop(id: string): void {
    const name = nameOf(kept, id)
    if (name) kept.remove(name)
  }

  function forget(isMine: (roomId: string) => boolean): void {
    for (const { name, entry } of entriesIn(kept)) {
      // Another page may know a room that this one has not heard of yet.
      if (entry.page === page && !isMine(entry.roomId)) kept.remove(name)
    }
  }

  return { ready: () => ready, keep, drop, forget, ahead, open }
}

function nameOf(kept: Kept, id: string): string | undefined {
  return kept.names(WAITING).find((name) => name.endsWith(`/${id}`))
}
