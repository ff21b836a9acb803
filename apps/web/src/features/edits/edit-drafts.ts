import type { Kept } from '../../session/kept.ts'

const PREFIX = 'edit/'

/** The text of an edit that is not saved yet, and the text that it began with. */
export interface EditDraft {
  text: string
  before: string
}

/** My unsaved edits in one room; they survive changing rooms, reloading and signing in again, in this tab. */
export interface EditDrafts {
  read: (messageId: string) => EditDraft | undefined
  write: (messageId: string, draft: EditDraft) => void
  drop: (messageId: string) => void
  /** The ids of the messages. */
  all: () => string[]
}

export function editDraftsIn(tab: Kept, roomId: string): EditDrafts {
  const ofRoom = `${PREFIX}${roomId}/`
  return {
    read: (messageId) => toDraft(tab.read(ofRoom + messageId)),
    write: (messageId, draft) => tab.write(ofRoom + messageId, JSON.stringify(draft)),
    drop: (messageId) => tab.remove(ofRoom + messageId),
    all: () => tab.names(ofRoom).map((name) => name.slice(ofRoom.length)),
  }
}

/** Drops those in rooms that are not mine. */
export function forgetEditDrafts(tab: Kept, isMine: (roomId: string) => boolean): void {
  for (const name of tab.names(PREFIX))
    if (!isMine(name.slice(PREFIX.length).split('/', 1)[0] ?? '')) tab.remove(name)
}

/** Undefined for what another version of the page may have stored. */
function toDraft(stored: string | undefined): EditDraft | undefined {
  try {
    const draft = JSON.parse(stored ?? 'null') as Partial<EditDraft> | null
    if (typeof draft?.text !== 'string' || typeof draft.before !== 'string') return undefined
    return { text: draft.text, before: draft.before }
  } catch {
    return undefined
  }
}
