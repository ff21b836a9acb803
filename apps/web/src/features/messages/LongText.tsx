import { createContext, useContext, useId, useReducer, useRef, type ReactNode } from 'react'
import { Button } from '../../ui/Button.tsx'
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

function Foldable({ id, children }: { id: string; children: ReactNode }) {
  const unfolded = useContext(Unfolded)
  const [, render] = useReducer((count: number) => count + 1, 0)
  const textId = useId()
  const isUnfolded = unfolded.has(id)
  return (
    <>
      <div id={textId} className={isUnfolded ? '' : 'folded'}>
        {children}
      </div>
      <Button
        look="quiet"
        aria-expanded={isUnfolded}
        aria-controls={textId}
        onClick={() => {
          if (isUnfolded) unfolded.delete(id)
          else unfolded.add(id)
          render()
        }}
      >
        {isUnfolded ? 'Show less' : 'Show more'}
      </Button>
    </>
  )
}
