import {
  createContext,
  use,
  useCallback,
  useEffect,
  useEffectEvent,
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
import { useCurrentInView } from './use-current-in-view.ts'
import {
  currentRow,
  ScrollerContext,
  WHOLE_MAX,
  WholeList,
  type ListProps,
  type More,
} from './WholeList.tsx'
import { tryAgain } from '../words/en/common.en.ts'
import { loadingMore } from '../words/en/lists.en.ts'
import { t } from '../words/say.ts'

const BUFFER_PX = 400
/** The next page is loaded when fewer rows than this are left below the view. */
const AHEAD = 20

/** A list of any length. A short one is drawn as a whole; of a long one, only what is in view is mounted. */
export function LongList<Item>(props: ListProps<Item>) {
  const { items, more } = props
  const isWhole = items.length <= WHOLE_MAX && more?.hasMore !== true
  return (
    <>
      {isWhole ? <WholeList {...props} /> : <WindowedList {...props} />}
      {more && <ListEnd more={more} />}
    </>
  )
}

/** What follows the last row that is loaded. It has the same height for as long as there is more. */
function ListEnd({ more }: { more: More }) {
  const { hasMore, isLoading, problem, load } = more
  if (!hasMore) return null
  return (
    <div className="flex min-h-13 flex-wrap items-center gap-x-3 px-2 text-soft">
      <output>{isLoading && t(loadingMore)}</output>
      {problem !== undefined && (
        <>
          <p role="alert">{problem}</p>
          <Button onClick={load}>{t(tryAgain)}</Button>
        </>
      )}
    </div>
  )
}

function WindowedList<Item>(props: ListProps<Item>) {
  const { items, keyOf, more, children } = props
  const scroller = use(ScrollerContext)
  const handle = useRef<VirtualizerHandle>(null)
  const frame = useRef<HTMLDivElement>(null)
  const startMargin = useOffsetIn(scroller, frame)
  const [focused, setFocused] = useState<number>()
  const loadMore = useLoadMore(handle, items.length, more)
  const [isMeasured, setIsMeasured] = useState(false)
  const current = currentRow(props)
  // It is always mounted. The virtualizer's own way to scroll to a row goes on until 150 ms after the last row was measured,
  // and would take back whoever scrolls meanwhile.
  const show = (index: number) => rowAt(frame.current, index)?.scrollIntoView({ block: 'nearest' })
  useCurrentInView(current, { isInView: (index) => isInView(handle.current, index), show })
  const showMeasured = useEffectEvent(() => {
    if (current) show(current.index)
  })
  useEffect(() => {
    // Until then every row was as high as the virtualizer supposed.
    if (isMeasured) showMeasured()
  }, [isMeasured])
  const onResize = useCallback(() => {
    setIsMeasured(true)
    loadMore()
  }, [loadMore])
  const keepMounted = useMemo(
    () => [current?.index, focused].filter((index) => index !== undefined),
    [current?.index, focused],
  )
  const look = useListLook(props)
  return (
    // A row that is scrolled far away is unmounted, and would take the focus along.
    <div
      ref={frame}
      // The virtualizer turns pointer events off while it scrolls, which would ignore a click just after that.
      className="*:pointer-events-auto!"
      onFocus={(event) => setFocused(indexOf(event))}
      onBlur={() => setFocused(undefined)}
    >
      <ListContext value={look}>
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
          onResize={onResize}
        >
          {(item: Item) => <Keyed key={keyOf(item)}>{children(item)}</Keyed>}
        </Virtualizer>
      </ListContext>
    </div>
  )
}

function isInView(view: VirtualizerHandle | null, index: number): boolean {
  if (!view) return false
  const top = view.getItemOffset(index) - view.scrollOffset
  return top + view.getItemSize(index) > 0 && top < view.viewportSize
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

const ListContext = createContext<ListLook | undefined>(undefined)

/** What the virtualizer does not hand on to its rows. */
function useListLook<Item>(props: ListProps<Item>): ListLook {
  const { label, items, labelOf, isStale = false, more, total } = props
  const size = total ?? (more?.hasMore === true ? -1 : items.length)
  return useMemo(() => {
    const labelAt = (index: number) => {
      const item = items[index]
      return item && labelOf?.(item)
    }
    return { label, isStale, size, labelAt }
  }, [label, isStale, size, labelOf, items])
}

function WindowedRows(props: CustomContainerComponentProps) {
  const look = use(ListContext)
  return <ul {...props} aria-label={look?.label} aria-busy={look?.isStale === true || undefined} />
}

function WindowedRow({ index, ...props }: CustomItemComponentProps) {
  const look = use(ListContext)
  return (
    <li
      {...props}
      data-index={index}
      aria-label={look?.labelAt(index)}
      aria-posinset={index + 1}
      aria-setsize={look?.size}
    />
  )
}

function rowAt(frame: HTMLElement | null, index: number): Element | null | undefined {
  return frame?.querySelector(`[data-index="${index}"]`)
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
