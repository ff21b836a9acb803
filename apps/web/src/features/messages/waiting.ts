import type { Kept } from '../../session/kept.ts'
import type { PendingMessage } from './pending.ts'

const PREFIX = 'waiting/'
/** Of at most 10 kB each: well under the 5 MB that browsers give an origin. */
const MAX_KEPT = 200

/** My messages that the server does not have yet, kept in this browser until it does. */
export interface Waiting {
  /** Settles when what earlier pages left behind has been handed over. */
  ready: () => Promise<void>
  keep: (item: PendingMessage) => void
  drop: (id: string) => void
  /** Drops those of this page in rooms that are not mine. */
  forget: (isMine: (roomId: string) => boolean) => void
  /** What other pages of mine wrote in its room before this one and have not sent yet, in the order of writing. */
  ahead: (item: PendingMessage) => PendingMessage[]
  open: (on: {
    /** Pages that are gone have left these behind, in the order of writing. */
    adopt: (items: PendingMessage[]) => void
    /** Another page has sent it, or its author took it back there. */
    gone: (roomId: string, id: string) => void
  }) => () => void
}

/** How many of a person's messages wait in this browser, those that were refused among them. */
export function countWaiting(kept: Kept): number {
  return kept.names(PREFIX).length
}

interface Entry {
  /** The page that sends it. */
  page: string
  roomId: string
  text: string
  createdAt: string
  /** Why the server refused it; such a one waits for its author. */
  refused?: string
}

/**
 * Each open page sends its own messages, in order. It holds a lock for as long as it may, which the browser lets go
 * when the page ends in whatever way; whoever takes that lock next takes over what the page had left, so that nothing
 * is forgotten. What another page wrote before in the same room is sent first, by whoever comes to it: that a message is
 * sent by two pages is harmless, since it has its id, and that one stands still must not hold up the other.
 */
export function createWaiting(options: {
  kept: Kept
  locks: LockManager
  /** Where the browser tells that another page has changed what is kept. */
  pages: EventTarget
  /** Unlike that of any other page. */
  page: string
}): Waiting {
  const { kept, locks, pages, page } = options
  let ready = Promise.resolve()
  let last = 0

  function open({ adopt, gone }: Parameters<Waiting['open']>[0]): () => void {
    const ended = new AbortController()
    const { signal } = ended
    const watched = new Set<string>()
    const mine = hold(signal)
    ready = Promise.all([mine, ...owners().map((owner) => watch(owner))]).then(
      () => undefined,
      // A browser without locks, or a page on its way out: what is written here goes out all the same.
      () => undefined,
    )
    pages.addEventListener('storage', changedElsewhere, { signal })
    return () => ended.abort()

    function changedElsewhere(event: Event): void {
      for (const owner of owners()) watch(owner).catch(() => undefined)
      const { key, newValue, oldValue } = event as StorageEvent
      const roomId = newValue === null ? parse(oldValue ?? '')?.roomId : undefined
      if (roomId !== undefined && key !== null) gone(roomId, idOf(key))
    }

    /** Settles once it is known whether that page is gone. */
    async function watch(owner: string): Promise<void> {
      if (owner === page || watched.has(owner) || signal.aborted) return
      watched.add(owner)
      const isGone = await locks.request(lockOf(owner), { ifAvailable: true }, (lock) => {
        if (lock) takeOver(owner)
        return lock !== null
      })
      if (isGone || signal.aborted) return
      locks.request(lockOf(owner), { signal }, () => takeOver(owner)).catch(() => undefined)
    }

    function takeOver(owner: string): void {
      watched.delete(owner)
      if (signal.aborted) return
      const items = entries().filter(({ entry }) => entry.page === owner)
      for (const { name, entry } of items) write(name, { ...entry, page })
      adopt(items.map(({ id, entry }) => pendingOf(id, entry)))
    }
  }

  function ahead({ id, roomId }: PendingMessage): PendingMessage[] {
    // What could not be kept was written after all that is.
    const mine = nameOf(id) ?? `${PREFIX}~`
    return entries()
      .filter(({ name, entry }) => entry.roomId === roomId && entry.page !== page && name < mine)
      .map((older) => pendingOf(older.id, older.entry))
      .filter(({ state }) => state === 'sending')
  }

  /** Settles once this page is known to the others. */
  async function hold(signal: AbortSignal): Promise<void> {
    await new Promise<void>((held) => {
      locks
        .request(lockOf(page), { signal }, () => {
          held()
          return new Promise<void>((release) => signal.addEventListener('abort', () => release()))
        })
        // Closed before it was given.
        .catch(() => held())
    })
  }

  function keep({ id, roomId, text, createdAt, state, transient, reason }: PendingMessage): void {
    const isRefused = state === 'failed' && !transient && reason !== undefined
    const name = nameOf(id) ?? newName(id)
    if (name) write(name, { page, roomId, text, createdAt, ...(isRefused && { refused: reason }) })
  }

  function newName(id: string): string | undefined {
    const names = kept.names(PREFIX)
    if (names.length >= MAX_KEPT) return undefined
    // By count and not by the clock: that may have been put back since the last page.
    last = Math.max(last, ...names.map((name) => Number(name.split('/')[1]))) + 1
    return `${PREFIX}${String(last).padStart(12, '0')}/${id}`
  }

  function drop(id: string): void {
    const name = nameOf(id)
    if (name) kept.remove(name)
  }

  function forget(isMine: (roomId: string) => boolean): void {
    for (const { name, entry } of entries()) {
      // Another page may know of a room that this one has not heard of yet.
      if (entry.page === page && !isMine(entry.roomId)) kept.remove(name)
    }
  }

  function nameOf(id: string): string | undefined {
    return kept.names(PREFIX).find((name) => name.endsWith(`/${id}`))
  }

  function owners(): string[] {
    return [...new Set(entries().map(({ entry }) => entry.page))]
  }

  /** In the order of writing. */
  function entries(): { name: string; id: string; entry: Entry }[] {
    return kept
      .names(PREFIX)
      .toSorted()
      .flatMap((name) => {
        const entry = parse(kept.read(name))
        return entry ? [{ name, id: idOf(name), entry }] : []
      })
  }

  function write(name: string, entry: Entry): void {
    kept.write(name, JSON.stringify(entry))
  }

  return { ready: () => ready, keep, drop, forget, ahead, open }
}

function idOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}

function lockOf(page: string): string {
  return `conclave.page/${page}`
}

function pendingOf(id: string, { roomId, text, createdAt, refused }: Entry): PendingMessage {
  const item = { id, roomId, text, createdAt }
  return refused === undefined
    ? { ...item, state: 'sending' }
    : { ...item, state: 'failed', reason: refused, transient: false }
}

/** Anything may have written into this storage, also an older or newer release. */
function parse(text: string | undefined): Entry | undefined {
  try {
    const entry = JSON.parse(text ?? '') as Partial<Entry>
    const { page, roomId, text: said, createdAt, refused } = entry
    const parts = [page, roomId, said, createdAt, refused ?? '']
    if (!parts.every((part) => typeof part === 'string')) return undefined
    return Number.isNaN(Date.parse(createdAt ?? '')) ? undefined : (entry as Entry)
  } catch {
    return undefined
  }
}
