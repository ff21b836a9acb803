import { useCallback, useState } from 'react'

const PREFIX = 'conclave.draft.'

/** What I was about to say in a room; survives changing rooms and reloading, in this tab only. */
export function useDraft(roomId: string): [string, (text: string) => void] {
  const [draft, setDraft] = useState(() => ({ roomId, text: readDraft(roomId) }))
  // Another room's draft is read in the render that opens it, so the old text never shows in it.
  const current = draft.roomId === roomId ? draft : { roomId, text: readDraft(roomId) }
  if (current !== draft) setDraft(current)
  const setText = useCallback(
    (text: string) => {
      writeDraft(roomId, text)
      setDraft({ roomId, text })
    },
    [roomId],
  )
  return [current.text, setText]
}

/** Drops what was about to be said in a room that is not mine, also from before this page was loaded. */
export function forgetDrafts(isMine: (roomId: string) => boolean): void {
  try {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(PREFIX) && !isMine(key.slice(PREFIX.length))) {
        sessionStorage.removeItem(key)
      }
    }
  } catch {
    // Storage is refused: no draft was ever kept in it.
  }
}

function readDraft(roomId: string): string {
  try {
    return sessionStorage.getItem(PREFIX + roomId) ?? ''
  } catch {
    return ''
  }
}

function writeDraft(roomId: string, text: string): void {
  try {
    if (text === '') sessionStorage.removeItem(PREFIX + roomId)
    else sessionStorage.setItem(PREFIX + roomId, text)
  } catch {
    // Storage is full or refused: the draft lives on in memory.
  }
}
