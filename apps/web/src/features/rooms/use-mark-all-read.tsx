import { ROOMS_KEY } from '@conclave/client/keys/rooms.keys'
import type { Rooms } from '@conclave/shared/rooms'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState, type ReactNode, type RefObject } from 'react'
import { createPortal } from 'react-dom'
import { errorMessage } from '../../server/problem-message.ts'
import { isPressed } from '../../ui/chord.ts'
import { useNotice, useToastPlace } from '../../ui/Notice.tsx'
import * as words from '../../words/en/reads.en.ts'
import { t } from '../../words/say.ts'
import { MARK_ALL_READ } from './mark-all-read-key.ts'
import { useSetReads } from './set-reads.queries.ts'
import { UndoToast } from './UndoToast.tsx'

/** What was unread, and is marked as read now. */
interface Marked {
  id: number
  before: readonly { roomId: string; seq: number }[]
}

/** Marks all rooms as read, also with its key; `toast` offers to undo it for a while. `menu` opens where it is an entry. */
export function useMarkAllRead(menu: RefObject<HTMLElement | null>): {
  markAllRead: () => void
  toast: ReactNode
} {
  const queryClient = useQueryClient()
  const setReads = useSetReads()
  const notify = useNotice()
  const place = useToastPlace()
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
      menu={menu}
    />
  )
  return { markAllRead, toast: toast && place && createPortal(toast, place) }
}

/** Not while something is open above the page, which may have a use for it. */
function useShiftEscape(act: () => void): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (!isPressed(MARK_ALL_READ, event) || event.isComposing) return
      if (document.querySelector(':is([role=dialog], [role=alertdialog], [role=menu])[data-open]'))
        return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [act])
}
