import { createContext, useContext, useId, useReducer, useRef, type ReactNode } from 'react'
import { Button } from '../../ui/Button.tsx'
import { showLess, showMore } from '../../words/en/messages.en.ts'
import { t } from '../../words/say.ts'
import { isLong } from './long-text.ts'

/** The messages of the open room that somebody has unfolded: rows are unmounted while they are out of view. */
const Unfolded = createContext<Set<string>>(new Set())

export function UnfoldedProvider({ children }: { children: ReactNode }) {
  const unfolded = useRef(new Set<string>())
  return <Unfolded value={unfolded.current}>{children}</Unfolded>
}

/** Folds a long text, with a button that shows the rest. */
export function LongText(props: { id: string; text: string; children: ReactNode }) {
  return isLong(props.text) ? <Foldable {...props} /> : props.children
}

/** Whether somebody has unfolded this, and what folds or unfolds it. */
export function useUnfolded(id: string): [isUnfolded: boolean, toggle: () => void] {
  const unfolded = useContext(Unfolded)
  const [, render] = useReducer((count: number) => count + 1, 0)
  const isUnfolded = unfolded.has(id)
  return [
    isUnfolded,
    () => {
      if (isUnfolded) unfolded.delete(id)
      else unfolded.add(id)
      render()
    },
  ]
}

function Foldable({ id, children }: { id: string; children: ReactNode }) {
  const [isUnfolded, toggle] = useUnfolded(id)
  const textId = useId()
  return (
    <>
      <div id={textId} className={isUnfolded ? '' : 'folded'}>
        {children}
      </div>
      <Button look="quiet" aria-expanded={isUnfolded} aria-controls={textId} onClick={toggle}>
        {t(isUnfolded ? showLess : showMore)}
      </Button>
    </>
  )
}
