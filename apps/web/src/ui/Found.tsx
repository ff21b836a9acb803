import type { ReactNode } from 'react'
import { t } from '../words/say.ts'
import type { Word } from '../words/word.ts'

/** How much a search has found: said aloud, and on the screen if it is nothing. */
export function Found(props: {
  search: string
  /** Whether the list is still that of the search before. */
  isStale: boolean
  count: number
  hasMore: boolean
  /** Says how many there are, and that there are more. */
  found: Word<{ count: number; more: string }>
  /** Why nothing could be searched for, if so: then it is not said that nothing was found. */
  refusal?: string | undefined
  /** Shown when nothing was found. */
  children: ReactNode
}) {
  const { search, isStale, count, hasMore, found, refusal, children } = props
  const isOver = !isStale && search !== ''
  return (
    <>
      <output className={isOver && refusal !== undefined ? 'block p-2 py-3' : 'sr-only'}>
        {isOver && (refusal ?? t(found, { count, more: hasMore ? 'yes' : 'no' }))}
      </output>
      {isOver && count === 0 && refusal === undefined && <p className="p-2 py-3">{children}</p>}
    </>
  )
}
