import type { Kept } from '../../session/kept.ts'
import type { PendingMessage } from './pending.ts'

export const WAITING = 'waiting/'

export interface Entry {
  /** The page that sends it. */
  page: string
  roomId: string
  text: string
  replyTo?: string
  createdAt: string
  /** Why the server refused it; it then waits for its author. */
  refused?: string
}

/** Everything kept, in the order of writing. */
export function entriesIn(kept: Kept): { name: string; id: string; entry: Entry }[] {
  return kept
    .names(WAITING)
    .toSorted()
    .flatMap((name) => {
      const entry = parseEntry(kept.read(name))
      return entry ? [{ name, id: idOf(name), entry }] : []
    })
}

export function writeEntry(kept: Kept, name: string, entry: Entry): void {
  kept.write(name, JSON.stringify(entry))
}

export function idOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}

export function pendingOf(
  id: string,
  { roomId, text, replyTo, createdAt, refused }: Entry,
): PendingMessage {
  const item = { id, roomId, text, ...(replyTo && { replyTo }), createdAt }
  return refused === undefined
    ? { ...item, state: 'sending' }
    : { ...item, state: 'failed', reason: refused, transient: false }
}

/** Anything may have written into this storage, including an older or newer release. */
export function parseEntry(text: string | undefined): Entry | undefined {
  try {
    const entry = JSON.parse(text ?? '') as Partial<Entry>
    const { page, roomId, text: message, replyTo, createdAt, refused } = entry
    const parts = [page, roomId, message, replyTo ?? '', createdAt, refused ?? '']
    if (!parts.every((part) => typeof part === 'string')) return undefined
    return Number.isNaN(Date.parse(createdAt ?? '')) ? undefined : (entry as Entry)
  } catch {
    return undefined
  }
}
