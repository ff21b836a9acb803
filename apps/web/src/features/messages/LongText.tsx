import {
  createContext,
  use,
  useId,
  useImperativeHandle,
  useReducer,
  useState,
  type ReactNode,
  type RefObject,
} from 'react'
import { Button } from '../../ui/Button.tsx'
import { showLess, showMore } from '../../words/en/messages.en.ts'
import { t } from '../../words/say.ts'
import { isLong } from './long-text.ts'

type Hold = (key: string) => void

interface Unfolding {
  /** What somebody has unfolded in the open room: rows are unmounted while they are out of view. */
  unfolded: Set<string>
  /** Keeps the row where it is while it unfolds; of the list, while there is one. */
  hold: RefObject<Hold | null>
}

const UnfoldingContext = createContext<Unfolding>({ unfolded: new Set(), hold: { current: null } })

export function UnfoldedProvider({ children }: { children: ReactNode }) {
  const [unfolding] = useState<Unfolding>(() => ({
    unfolded: new Set(),
    hold: { current: null },
  }))
  return <UnfoldingContext value={unfolding}>{children}</UnfoldingContext>
}

/** Lets the list keep a row in its place that the reader unfolds. */
export function useUnfoldsHeld(hold: Hold): void {
  useImperativeHandle(use(UnfoldingContext).hold, () => hold, [hold])
}

/** Folds a long text, with a button that shows the rest. */
export function LongText(props: { id: string; text: string; children: ReactNode }) {
  return isLong(props.text) ? <Foldable {...props} /> : props.children
}

/** Whether somebody has unfolded the row with this key, and what folds or unfolds it. */
export function useUnfolded(id: string): [isUnfolded: boolean, toggle: () => void] {
  const { unfolded, hold } = use(UnfoldingContext)
  const [, render] = useReducer((count: number) => count + 1, 0)
  const isUnfolded = unfolded.has(id)
  return [
    isUnfolded,
    () => {
      if (isUnfolded) unfolded.delete(id)
      else {
        unfolded.add(id)
        hold.current?.(id)
      }
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
      {/* On a line of its own, where its words begin where those of the message do. */}
      <div className="-ms-2 basis-full">
        <Button look="quiet" aria-expanded={isUnfolded} aria-controls={textId} onClick={toggle}>
          {t(isUnfolded ? showLess : showMore)}
        </Button>
      </div>
    </>
  )
}
