import type { Kept } from '../../session/kept.ts'
import type { PendingMessage } from './pending.ts'
import { entriesIn, idOf, parseEntry, pendingOf, writeEntry } from './waiting-entries.ts'

/** This page among the others of the same person in this browser. */
export interface Pages {
  kept: Kept
  locks: LockManager
  /** Where the browser reports that another page has changed what is kept. */
  pages: EventTarget
  /** Different for every page. */
  page: string
}

export interface Handlers {
  /** Closed pages have left these behind, in the order of writing. */
  adopt: (items: PendingMessage[]) => void
  /** Another page has sent it, or its author discarded it there. */
  gone: (roomId: string, id: string) => void
}

/**
 * Takes over what closed pages left behind, now and whenever one closes. Settles once what earlier pages left has been
 * taken over. Each page holds a lock, which the browser releases when the page ends in whatever way; whoever gets that
 * lock next takes over.
 */
export async function watchPages(
  { kept, locks, pages, page }: Pages,
  { adopt, gone }: Handlers,
  signal: AbortSignal,
): Promise<void> {
  const watched = new Set<string>()
  const own = holdLock(locks, page, signal)
  pages.addEventListener('storage', changedElsewhere, { signal })
  await Promise.all([own, ...owners(kept).map(watch)])

  function changedElsewhere(event: Event): void {
    for (const owner of owners(kept)) watch(owner).catch(() => undefined)
    const { key, newValue, oldValue } = event as StorageEvent
    const roomId = newValue === null ? parseEntry(oldValue ?? '')?.roomId : undefined
    if (roomId !== undefined && key !== null) gone(roomId, idOf(key))
  }

  /** Settles once it is known whether that page is closed. */
  async function watch(owner: string): Promise<void> {
    if (owner === page || watched.has(owner) || signal.aborted) return
    watched.add(owner)
    const isClosed = await locks.request(lockOf(owner), { ifAvailable: true }, (lock) => {
      if (lock) takeOver(owner)
      return lock !== null
    })
    if (isClosed || signal.aborted) return
    locks.request(lockOf(owner), { signal }, () => takeOver(owner)).catch(() => undefined)
  }

  function takeOver(owner: string): void {
    watched.delete(owner)
    if (signal.aborted) return
    const items = entriesIn(kept).filter(({ entry }) => entry.page === owner)
    for (const { name, entry } of items) writeEntry(kept, name, { ...entry, page })
    adopt(items.map(({ id, entry }) => pendingOf(id, entry)))
  }
}

/** Settles once this page has its lock, by which the others see that it is open. */
async function holdLock(locks: LockManager, page: string, signal: AbortSignal): Promise<void> {
  await new Promise<void>((settle) => {
    locks
      .request(lockOf(page), { signal }, () => {
        settle()
        return new Promise<void>((release) => signal.addEventListener('abort', () => release()))
      })
      // Closed before it got the lock.
      .catch(() => settle())
  })
}

function owners(kept: Kept): string[] {
  return [...new Set(entriesIn(kept).map(({ entry }) => entry.page))]
}

function lockOf(page: string): string {
  return `conclave.page/${page}`
}
