import { useEffect, useRef, type RefObject } from 'react'
import { Button } from '../../ui/Button.tsx'

/** Loads the next page of a list. For keyboard users, the focus then moves to the first new entry. */
export function ShowMore(props: {
  list: RefObject<HTMLUListElement | null>
  count: number
  hasMore: boolean
  isLoading: boolean
  onMore: () => void
}) {
  const { list, count, hasMore, isLoading, onMore } = props
  const from = useRef<number>(undefined)
  useEffect(() => {
    if (from.current === undefined || count <= from.current) return
    const first = list.current?.children[from.current]
    from.current = undefined
    first?.querySelector<HTMLElement>('a, button')?.focus()
  }, [list, count])

  if (!hasMore) return null
  return (
    <div className="pt-4">
      <Button
        aria-busy={isLoading}
        onClick={() => {
          if (isLoading) return
          from.current = count
          onMore()
        }}
      >
        {isLoading ? 'Loading more rooms' : 'Show more'}
      </Button>
    </div>
  )
}
