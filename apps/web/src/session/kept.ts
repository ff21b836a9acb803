/** What this browser keeps for one person; nobody else's page reads it, and nobody else's sign-out removes it. */
export interface Kept {
  read: (name: string) => string | undefined
  /** False when the browser refuses, or is full. */
  write: (name: string, text: string) => boolean
  remove: (name: string) => void
  /** Every name there is that begins so. */
  names: (beginning: string) => string[]
}

/** The two places of a person: this tab, which a reload keeps, and this browser, which all its tabs share. */
export interface KeptPlaces {
  tab: Kept
  browser: Kept
}

/** Everything of ours begins so; what belongs to a person goes on with who it is. */
export const OURS = 'conclave.'
const OF_PERSON = `${OURS}of/`

export function keptPlaces(subject: string): KeptPlaces {
  return {
    tab: keptIn(() => sessionStorage, subject),
    browser: keptIn(() => localStorage, subject),
  }
}

/** The storage is asked for each time: a browser that refuses it throws on the name alone. */
export function keptIn(storage: () => Storage, subject: string): Kept {
  const mine = beginningOf(subject)
  return {
    read: (name) => attempt(() => storage().getItem(mine + name)) ?? undefined,
    write: (name, text) =>
      attempt(() => {
        storage().setItem(mine + name, text)
        return true
      }) ?? false,
    remove: (name) => attempt(() => storage().removeItem(mine + name)),
    names: (beginning) =>
      (attempt(() => keysOf(storage())) ?? [])
        .filter((key) => key.startsWith(mine + beginning))
        .map((key) => key.slice(mine.length)),
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
