import { useCallback, useState } from 'react'
import type { Kept } from '../../session/kept.ts'
import { useKept } from '../../session/session.ts'

const PREFIX = 'draft/'

/** My draft in a room; survives changing rooms, reloading and signing in again, in this tab only. */
export function useDraft(roomId: string): [string, (text: string) => void] {
  const { tab } = useKept()
  const [draft, setDraft] = useState(() => ({ roomId, text: readDraft(tab, roomId) }))
  // Another room's draft is read in the render that opens the room, so the old text never shows in it.
  const current = draft.roomId === roomId ? draft : { roomId, text: readDraft(tab, roomId) }
  if (current !== draft) setDraft(current)
  const setText = useCallback(
    (text: string) => {
      if (text === '') tab.remove(PREFIX + roomId)
      else tab.write(PREFIX + roomId, text)
      setDraft({ roomId, text })
    },
    [tab, roomId],
  )
  return [current.text, setText]
}

/** Drops the drafts in rooms that are not mine, including those from before this page was loaded. */
export function forgetDrafts(tab: Kept, isMine: (roomId: string) => boolean): void {
  for (const name of tab.names(PREFIX)) if (!isMine(name.slice(PREFIX.length))) tab.remove(name)
}

function readDraft(tab: Kept, roomId: string): string {
  return tab.read(PREFIX + roomId) ?? ''
}
