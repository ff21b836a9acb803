import { useEffect, useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import * as words from '../../words/en/reads.en.ts'
import { t } from '../../words/say.ts'

const SHOWN_MS = 10_000

/** Says what was done and offers to undo it; stays for as long as it has the pointer or the focus. F6 goes to it. */
export function UndoToast(props: { text: string; onUndo: () => void; onOver: () => void }) {
  const { text, onUndo, onOver } = props
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
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
      className="appear fixed inset-x-0 bottom-20 z-10 mx-auto flex w-fit max-w-[calc(100%-2rem)] items-center gap-2 rounded-control border border-line bg-raised px-4 py-1 text-small shadow-float outline-none"
    >
      <output>{text}</output>
      <Button look="quiet" onClick={onUndo}>
        {t(words.undo)}
      </Button>
    </section>
  )
}
