/**
 * What this browser keeps for one person; no other person's page reads it, and no other person's sign-out removes it.
 */
export interface Kept {
  read: (name: string) => string | undefined
  /** If the browser refuses it or has no space, it is kept in memory, for as long as this page is open. */
  write: (name: string, text: string) => void
  remove: (name: string) => void
  /** Every name that begins with this. */
  names: (beginning: string) => string[]
  /** Whether everything is in the storage, so that a reload loses nothing. */
  isStored: () => boolean
  /** Calls back after every change, also of another page of this browser; returns what stops it. */
  watch: (listener: (change: KeptChange) => void) => () => void
}

interface KeptChange {
  name: string
  /** Undefined when it was removed. */
  text: string | undefined
  /** What another page has replaced by it; absent when this page did it. */
  replaced?: string | null
}

/** A person's two storages: this tab, which survives a reload, and this browser, which all its tabs share. */
export interface KeptPlaces {
  tab: Kept
  browser: Kept
}

/** The prefix of everything of ours; what belongs to a person continues with their id. */
export const OURS = 'conclave.'
const OF_PERSON = `${OURS}of/`

/** Many times the size of a message; more would leave no space for what signing in stores. */
const KEPT_MAX_CHARS = 200_000

export function keptPlaces(subject: string): KeptPlaces {
  return {
    tab: keptIn(() => sessionStorage, subject),
    browser: keptIn(() => localStorage, subject, window),
  }
}

/**
 * Calls `storage` each time, because a browser that refuses storage throws on the mere name. `pages` is where the browser
 * reports what other pages did.
 */
export function keptIn(storage: () => Storage, subject: string, pages?: EventTarget): Kept {
  const mine = beginningOf(subject)
  /** What the storage did not take; newer than what it may still have under that name. */
  const refused = new Map<string, string>()
  const listeners = new Set<(change: KeptChange) => void>()
  function tell(name: string, text: string | undefined): void {
    for (const listener of listeners) listener({ name, text })
  }

  return {
    read: (name) => refused.get(name) ?? attempt(() => storage().getItem(mine + name)) ?? undefined,
    write: (name, text) => {
      refused.set(name, text)
      if (text.length <= KEPT_MAX_CHARS) {
        attempt(() => {
          storage().setItem(mine + name, text)
          refused.delete(name)
        })
      }
      tell(name, text)
    },
    remove: (name) => {
      refused.delete(name)
      attempt(() => storage().removeItem(mine + name))
      tell(name, undefined)
    },
    names: (beginning) => {
      const stored = (attempt(() => keysOf(storage())) ?? [])
        .filter((key) => key.startsWith(mine))
        .map((key) => key.slice(mine.length))
      return [...new Set([...stored, ...refused.keys()])].filter((name) =>
        name.startsWith(beginning),
      )
    },
    isStored: () => refused.size === 0,
    watch: (listener) => {
      const onStorage = (event: Event) => {
        const { key, oldValue: replaced, newValue, storageArea } = event as StorageEvent
        if (!key?.startsWith(mine) || storageArea !== attempt(storage)) return
        listener({ name: key.slice(mine.length), text: newValue ?? undefined, replaced })
      }
      listeners.add(listener)
      pages?.addEventListener('storage', onStorage)
      return () => {
        listeners.delete(listener)
        pages?.removeEventListener('storage', onStorage)
      }
    },
  }
}

export function keysOf(storage: Storage): string[] {
  return Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '')
}

/** Whether it belongs to a person other than this one. */
export function isOfAnother(key: string, subject: string | undefined): boolean {
  if (!key.startsWith(OF_PERSON)) return false
  return subject === undefined || !key.startsWith(beginningOf(subject))
}

/** An encoded id contains no slash, so no prefix is the beginning of another one. */
function beginningOf(subject: string): string {
  return `${OF_PERSON}${encodeURIComponent(subject)}/`
}

function attempt<Result>(what: () => Result): Result | undefined {
  try {
    return what()
  } catch {
    return undefined
  }
}
