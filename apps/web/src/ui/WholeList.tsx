import {
  createContext,
  useEffect,
  useEffectEvent,
  useRef,
  type ReactNode,
  type RefObject,
} from 'react'

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
  /** The key of the row that is kept mounted, and scrolled into view when another becomes it. */
  currentKey?: string | undefined
  children: (item: Item) => ReactNode
}

/** A list that is drawn as a whole. */
export function WholeList<Item>(props: ListProps<Item>) {
  const { label, items, keyOf, labelOf, isStale = false, children } = props
  const list = useRef<HTMLUListElement>(null)
  useCurrentShown(props, (index) =>
    list.current?.children[index]?.scrollIntoView({ block: 'nearest' }),
  )
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

/** Shows the current row when another becomes it, and not when it gets another place: somebody may have scrolled away. */
export function useCurrentShown<Item>(
  list: Pick<ListProps<Item>, 'items' | 'keyOf' | 'currentKey'>,
  show: (index: number) => void,
): number {
  const { items, keyOf, currentKey } = list
  const index =
    currentKey === undefined ? -1 : items.findIndex((item) => keyOf(item) === currentKey)
  const shownKey = index < 0 ? undefined : currentKey
  const showCurrent = useEffectEvent(() => show(index))
  useEffect(() => {
    if (shownKey !== undefined) showCurrent()
  }, [shownKey])
  return index
}
