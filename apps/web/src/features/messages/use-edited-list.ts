import { useImperativeHandle } from 'react'
import { useEdits } from '../edits/Edits.tsx'
import { isAwayFromEnd } from './list-end.ts'
import type { ListView } from './list-view.ts'

/** Lets edits find their message in the list. */
export function useEditedList(view: ListView): void {
  const edits = useEdits()
  useImperativeHandle(
    edits.list,
    () => ({
      isAtEnd: () => {
        const pane = view.pane()
        return pane !== undefined && !isAwayFromEnd(pane)
      },
      reveal: (id) => {
        const { inView = [], scroller } = view.pane() ?? {}
        const seen = inView.find(({ key }) => key === id)
        const isWhole = seen && scroller && seen.top >= 0 && seen.bottom <= scroller.clientHeight
        if (!isWhole) view.goTo({ key: id, at: 'center' })
      },
    }),
    [view],
  )
}
