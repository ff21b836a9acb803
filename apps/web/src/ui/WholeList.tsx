import { createContext, use, useRef, type ReactNode, type RefObject } from 'react'
import { useCurrentInView, type CurrentRow } from './use-current-in-view.ts'

/** Up to here every row is drawn, so that the browser's own search and screen readers have all of them. */
export const WHOLE_MAX = 100

/** The element that scrolls the page or the panel; lists in it mount only the rows in view. */
export const ScrollerContext = createContext<RefObject<HTMLElement | null> | undefined>(undefined)

/** How a list goes on behind what is loaded of it. */
export interface More {
  hasMore: boolean
  isLoading: boolean
  /** Why the next page could not be loaded; it then waits until somebody asks for it. */
  problem: string | undefined
  load: () => void
}

export interface ListProps<Item> {
  label?: string
  items: readonly Item[]
  keyOf: (item: Item) => string
  /** The name of a row, if it has one. */
  labelOf?: (item: Item) => string
  /** How many there are, loaded or not, if that is known. */
  total?: number
  more?: More
  /** Whether the rows are those of another search, and about to be replaced. */
  isStale?: boolean
  /** The key of the row that is kept mounted, and in view unless somebody scrolls away. */
  currentKey?: string | undefined
  children: (item: Item) => ReactNode
}

/** A list that is drawn as a whole. */
export function WholeList<Item>(props: ListProps<Item>) {
  const { label, items, keyOf, labelOf, isStale = false, children } = props
  const list = useRef<HTMLUListElement>(null)
  const scroller = use(ScrollerContext)
  const rowAt = (index: number) => list.current?.children[index]
  useCurrentInView(currentRow(props), {
    isInView: (index) => overlap(rowAt(index), scroller?.current),
    show: (index) => rowAt(index)?.scrollIntoView({ block: 'nearest' }),
  })
  return (
    <ul ref={list} aria-label={label} aria-busy={isStale || undefined}>
      {items.map((item) => (
        <li key={keyOf(item)} aria-label={labelOf?.(item)}>
          {children(item)}
        </li>
      ))}
    </ul>
  )
}

export function currentRow<Item>(props: ListProps<Item>): CurrentRow | undefined {
  const { items, keyOf, currentKey: key } = props
  if (key === undefined) return undefined
  const index = items.findIndex((item) => keyOf(item) === key)
  return index < 0 ? undefined : { key, index }
}

function overlap(row: Element | undefined, scroller: Element | null | undefined): boolean {
  if (!row || !scroller) return false
  const [inner, outer] = [row.getBoundingClientRect(), scroller.getBoundingClientRect()]
  return inner.bottom > outer.top && inner.top < outer.bottom
}
