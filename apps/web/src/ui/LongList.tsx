import {
  createContext,
  use,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type FocusEvent,
  type ReactNode,
  type RefObject,
} from 'react'
import { Virtualizer, type CustomContainerComponentProps, type VirtualizerHandle } from 'virtua'
import type { CustomItemComponentProps } from 'virtua'
import { Button } from './Button.tsx'

/** Up to here every row is drawn, so that the browser's own search and screen readers have all of them. */
const WHOLE_MAX = 100
const BUFFER_PX = 400
/** The next page is loaded when fewer rows than this are left below the view. */
const AHEAD = 20

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

interface Props<Item> {
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
  /** The row that is kept mounted, and scrolled into view when another becomes it. */
  currentIndex?: number
  children: (item: Item) => ReactNode
}

/** A list of any length. A short one is drawn as a whole; of a long one, only what is in view is mounted. */
export function LongList<Item>(props: Props<Item>) {
  const { items, more, total } = props
  const isWhole = items.length <= WHOLE_MAX && more?.hasMore !== true
  const size = total ?? (more?.hasMore === true ? -1 : items.length)
  const { label, labelOf, isStale = false } = props
  const list = useMemo(
    () => ({ label, isStale, size, labelAt: (index: number) => labelOf?.(items[index]!) }),
    [label, isStale, size, labelOf, items],
  )
  return (
    <ListContext value={list}>
      {isWhole ? <WholeList {...props} /> : <WindowedList {...props} />}
      {more && <ListEnd more={more} />}
    </ListContext>
  )
}

/** What follows the last row that is loaded. It has the same height for as long as there is more. */
function ListEnd({ more }: { more: More }) {
  const { hasMore, isLoading, problem, load } = more
  if (!hasMore) return null
  return (
    <div className="flex min-h-13 flex-wrap items-center gap-x-3 px-2 text-soft">
      <output>{isLoading && 'Loading more'}</output>
      {problem !== undefined && (
        <>
          <p role="alert">{problem}</p>
          <Button onClick={load}>Try again</Button>
        </>
      )}
    </div>
  )
}

function WholeList<Item>({ items, keyOf, labelOf, currentIndex, children }: Props<Item>) {
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    if (currentIndex !== undefined)
      list.current?.children[currentIndex]?.scrollIntoView({ block: 'nearest' })
  }, [currentIndex])
  return (
    <List ref={list}>
      {items.map((item) => (
        <li key={keyOf(item)} aria-label={labelOf?.(item)}>
          {children(item)}
        </li>
      ))}
    </List>
  )
}

function WindowedList<Item>({ items, keyOf, more, currentIndex, children }: Props<Item>) {
  const scroller = use(ScrollerContext)
  const handle = useRef<VirtualizerHandle>(null)
  const frame = useRef<HTMLDivElement>(null)
  const startMargin = useOffsetIn(scroller, frame)
  const [focused, setFocused] = useState<number>()
  const loadMore = useLoadMore(handle, items.length, more)
  useEffect(() => {
    if (currentIndex !== undefined)
      handle.current?.scrollToIndex(currentIndex, { align: 'nearest' })
  }, [currentIndex])
  const keepMounted = useMemo(
    () => [currentIndex, focused].filter((index) => index !== undefined),
    [currentIndex, focused],
  )
  return (
    // A row that is scrolled far away is unmounted, and would take the focus along.
    <div
      ref={frame}
      onFocus={(event) => setFocused(indexOf(event))}
      onBlur={() => setFocused(undefined)}
    >
      <Virtualizer
        ref={handle}
        {...(scroller && { scrollRef: scroller })}
        data={items}
        bufferSize={BUFFER_PX}
        startMargin={startMargin}
        keepMounted={keepMounted}
        as={WindowedRows}
        item={WindowedRow}
        onScroll={loadMore}
        onResize={loadMore}
      >
        {(item: Item) => <Keyed key={keyOf(item)}>{children(item)}</Keyed>}
      </Virtualizer>
    </div>
  )
}

function Keyed({ children }: { children: ReactNode }) {
  return children
}

interface ListLook {
  label: string | undefined
  isStale: boolean
  size: number
  labelAt: (index: number) => string | undefined
}

const ListContext = createContext<ListLook>({
  label: undefined,
  isStale: false,
  size: -1,
  labelAt: () => undefined,
})

function List(props: { ref?: CustomContainerComponentProps['ref']; children: ReactNode }) {
  const { label, isStale } = use(ListContext)
  return <ul {...props} aria-label={label} aria-busy={isStale || undefined} />
}

function WindowedRows(props: CustomContainerComponentProps) {
  return <List {...props} />
}

function WindowedRow({ index, ...props }: CustomItemComponentProps) {
  const { size, labelAt } = use(ListContext)
  return (
    <li
      {...props}
      data-index={index}
      aria-label={labelAt(index)}
      aria-posinset={index + 1}
      aria-setsize={size}
    />
  )
}

function indexOf({ target }: FocusEvent): number | undefined {
  const row = target.closest<HTMLElement>('[data-index]')
  return row ? Number(row.dataset['index']) : undefined
}

/** How far below the beginning of what scrolls the list begins. */
function useOffsetIn(
  scroller: RefObject<HTMLElement | null> | undefined,
  frame: RefObject<HTMLElement | null>,
): number {
  const [offset, setOffset] = useState(0)
  useLayoutEffect(() => {
    const [outer, inner] = [scroller?.current, frame.current]
    if (!outer || !inner) return
    const measure = () => {
      const between = inner.getBoundingClientRect().top - outer.getBoundingClientRect().top
      setOffset(Math.round(between + outer.scrollTop))
    }
    measure()
    // What is above the list may change without the list.
    const observer = new ResizeObserver(measure)
    for (const element of outer.children) observer.observe(element)
    return () => observer.disconnect()
  }, [scroller, frame])
  return offset
}

function useLoadMore(
  handle: RefObject<VirtualizerHandle | null>,
  count: number,
  more: More | undefined,
): () => void {
  const loadMore = useCallback(() => {
    const view = handle.current
    if (!view || !more?.hasMore || more.isLoading || more.problem !== undefined) return
    const last = view.findItemIndex(view.scrollOffset + view.viewportSize)
    if (last >= count - AHEAD) more.load()
  }, [handle, count, more])
  useEffect(loadMore, [loadMore])
  return loadMore
}
