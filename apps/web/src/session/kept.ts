/** What this browser keeps for one person; nobody else's page reads it, and nobody else's sign-out removes it. */
export interface Kept {
  read: (name: string) => string | undefined
  /** What the browser refuses, or has no room for, is kept for as long as this page is. */
  write: (name: string, text: string) => void
  remove: (name: string) => void
  /** Every name there is that begins so. */
  names: (beginning: string) => string[]
  /** Whether a reload finds all of it: there is nothing that the browser did not take. */
  isStored: () => boolean
}

/** The two places of a person: this tab, which a reload keeps, and this browser, which all its tabs share. */
export interface KeptPlaces {
  tab: Kept
  browser: Kept
}

/** Everything of ours begins so; what belongs to a person goes on with who it is. */
export const OURS = 'conclave.'
const OF_PERSON = `${OURS}of/`

/** Many times what fits into a message; more would leave no room for what signing in notes beside it. */
const KEPT_MAX_CHARS = 200_000

export function keptPlaces(subject: string): KeptPlaces {
  return {
    tab: keptIn(() => sessionStorage, subject),
    browser: keptIn(() => localStorage, subject),
  }
}

/** The storage is asked for each time: a browser that refuses it throws on the name alone. */
export function keptIn(storage: () => Storage, subject: string): Kept {
  const mine = beginningOf(subject)
  /** What the storage did not take: newer than what it may still hold under that name. */
  const refused = new Map<string, string>()

  return {
    read: (name) => refused.get(name) ?? attempt(() => storage().getItem(mine + name)) ?? undefined,
    write: (name, text) => {
      refused.set(name, text)
      if (text.length > KEPT_MAX_CHARS) return
      attempt(() => {
        storage().setItem(mine + name, text)
        refused.delete(name)
      })
    },
    remove: (name) => {
      refused.delete(name)
      attempt(() => storage().removeItem(mine + name))
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
  }
}

export function keysOf(storage: Storage): string[] {
  return Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '')
}

/** Whether it is kept for somebody else than this person. */
export function isOfAnother(key: string, subject: string | undefined): boolean {
  if (!key.startsWith(OF_PERSON)) return false
  return subject === undefined || !key.startsWith(beginningOf(subject))
}

/** No encoded name contains a slash, so nobody's begins like another's. */
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
