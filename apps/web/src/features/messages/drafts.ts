import { useCallback, useState } from 'react'
import type { Kept } from '../../session/kept.ts'
import { useKept } from '../../session/session.ts'

const PREFIX = 'draft/'

/** What I have written in a room and not sent. */
export interface Draft {
  text: string
  /** The message that it answers. */
  replyTo?: string | undefined
}

/** My draft in a room; survives changing rooms, reloading and signing in again, in this tab only. */
export function useDraft(roomId: string): [Draft, (change: (draft: Draft) => Draft) => void] {
  const { tab } = useKept()
  const [kept, setKept] = useState(() => ({ roomId, draft: readDraft(tab, roomId) }))
  // Another room's draft is read in the render that opens the room, so the old text never shows in it.
  const current = kept.roomId === roomId ? kept : { roomId, draft: readDraft(tab, roomId) }
  if (current !== kept) setKept(current)
  const changeDraft = useCallback(
    (change: (draft: Draft) => Draft) => {
      const draft = change(readDraft(tab, roomId))
      writeDraft(tab, roomId, draft)
      setKept({ roomId, draft })
    },
    [tab, roomId],
  )
  return [current.draft, changeDraft]
}

/** Drops the drafts in rooms that are not mine, including those from before this page was loaded. */
export function forgetDrafts(tab: Kept, isMine: (roomId: string) => boolean): void {
  for (const name of tab.names(PREFIX)) if (!isMine(name.slice(PREFIX.length))) tab.remove(name)
}

function writeDraft(tab: Kept, roomId: string, { text, replyTo }: Draft): void {
  if (text === '' && replyTo === undefined) tab.remove(PREFIX + roomId)
  else tab.write(PREFIX + roomId, JSON.stringify({ text, replyTo }))
}

/** What a release before this one has kept is the text itself. */
function readDraft(tab: Kept, roomId: string): Draft {
  const kept = tab.read(PREFIX + roomId) ?? ''
  try {
    const draft = JSON.parse(kept) as Partial<Draft> | null
    const isDraft =
      typeof draft?.text === 'string' && ['string', 'undefined'].includes(typeof draft.replyTo)
    if (isDraft) return draft as Draft
  } catch {
    // It is not JSON.
  }
  return { text: kept }
}
