import { ROOMS_KEY } from '@conclave/client/keys/rooms.keys'
import type { Rooms } from '@conclave/shared/rooms'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { errorMessage } from '../../server/problem-message.ts'
import { useNotice } from '../../ui/Notice.tsx'
import * as words from '../../words/en/reads.en.ts'
import { t } from '../../words/say.ts'
import { useSetReads } from './set-reads.queries.ts'
import { UndoToast } from './UndoToast.tsx'

/** What was unread, and is marked as read now. */
interface Marked {
  id: number
  before: readonly { roomId: string; seq: number }[]
}

/** Marks all rooms as read, also with Shift-Escape; `toast` offers to undo it for a while. */
export function useMarkAllRead(): { markAllRead: () => void; toast: ReactNode } {
  const queryClient = useQueryClient()
  const setReads = useSetReads()
  const notify = useNotice()
  const [marked, setMarked] = useState<Marked>()

  const markAllRead = useCallback(() => {
    const unread = (queryClient.getQueryData<Rooms>(ROOMS_KEY)?.rooms ?? []).filter(
      ({ lastSeq, readSeq }) => lastSeq > readSeq,
    )
    if (unread.length === 0) return notify(t(words.nothingUnread))
    const reads = unread.map(({ id: roomId, lastSeq: seq }) => ({ roomId, seq }))
    const before = unread.map(({ id: roomId, readSeq: seq }) => ({ roomId, seq }))
    setReads(reads).then(
      () => setMarked({ id: performance.now(), before }),
      (error: unknown) => notify(errorMessage(error)),
    )
  }, [queryClient, setReads, notify])
  useShiftEscape(markAllRead)
  const forget = useCallback(() => setMarked(undefined), [])

  function undo(): void {
    setMarked(undefined)
    setReads(marked?.before ?? []).catch((error: unknown) => notify(errorMessage(error)))
  }

  const toast = marked && (
    <UndoToast
      key={marked.id}
      text={t(words.markedRead, { count: marked.before.length })}
      onUndo={undo}
      onOver={forget}
    />
  )
  return { markAllRead, toast: toast && createPortal(toast, document.body) }
}

/** Not while something is open above the page, which may have a use for it. */
function useShiftEscape(act: () => void): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.key !== 'Escape' || !event.shiftKey || event.isComposing) return
      if (document.querySelector(':is([role=dialog], [role=alertdialog], [role=menu])[data-open]'))
        return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [act])
}
