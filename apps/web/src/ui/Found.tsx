import type { ReactNode } from 'react'

/** How much a search has found: said aloud, and on the screen if it is nothing. */
export function Found(props: {
  search: string
  /** Whether the list is still that of the search before. */
  isStale: boolean
  count: number
  hasMore: boolean
  one: string
  many: string
  /** Shown when nothing was found. */
  children: ReactNode
}) {
  const { search, isStale, count, hasMore, one, many, children } = props
  const isOver = !isStale && search !== ''
  return (
    <>
      <output className="sr-only">
        {isOver && `${count} ${count === 1 ? one : many} found${hasMore ? ' so far' : ''}`}
      </output>
      {isOver && count === 0 && <p className="p-2 py-3">{children}</p>}
    </>
  )
}
