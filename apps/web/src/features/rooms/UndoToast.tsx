import { useEffect, useRef, useState, type RefObject } from 'react'
import { Button } from '../../ui/Button.tsx'
import { focusKept, type GiveFocusBack } from '../../ui/focus-back.ts'
import * as words from '../../words/en/reads.en.ts'
import { t } from '../../words/say.ts'

const SHOWN_MS = 10_000

/**
 * Says what was done and offers to undo it; stays for as long as it has the pointer or the focus. F6 goes to it. Once it is
 * undone, the focus goes back to where it came from, or to the menu.
 */
export function UndoToast(props: {
  text: string
  onUndo: () => void
  onOver: () => void
  menu: RefObject<HTMLElement | null>
}) {
  const { text, onUndo, onOver, menu } = props
  const goBack = useRef<GiveFocusBack>(undefined)
  const [isHeld, setIsHeld] = useState(false)
  useEffect(() => {
    if (isHeld) return
    const timer = setTimeout(onOver, SHOWN_MS)
    return () => clearTimeout(timer)
  }, [isHeld, onOver])
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- It stays for as long as it is looked at.
    <section
      aria-label={t(words.undoRegion)}
      data-region
      tabIndex={-1}
      onMouseEnter={() => setIsHeld(true)}
      onMouseLeave={() => setIsHeld(false)}
      onFocus={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) goBack.current = focusKept(relatedTarget)
        setIsHeld(true)
      }}
      onBlur={() => setIsHeld(false)}
      className="appear pointer-events-auto flex items-center gap-2 rounded-control border border-line bg-raised px-4 py-1 text-small shadow-float outline-none"
    >
      <output>{text}</output>
      <Button
        look="quiet"
        onClick={() => {
          onUndo()
          if (!goBack.current?.()) focusKept(menu.current)()
        }}
      >
        {t(words.undo)}
      </Button>
    </section>
  )
}
