import { changesWanted, mountedAround, type Measured, type Mounted } from './list-range.ts'
import type { MessageRow } from './message-rows.ts'

const FIRST_GUESS_PX = 40
/** How far below the upper edge a row is that the list goes to, so that what is before it is in sight too. */
const BELOW_EDGE_PX = 64
/** Browsers round where they scroll to. */
const ROUNDED_PX = 0.5
const HEIGHTS_MAX = 2_000

/** A row, and how many pixels its upper edge is below that of the view. */
interface Spot {
  key: string
  top: number
}

export interface RowInView extends Spot {
  index: number
  row: MessageRow
  bottom: number
}

export interface Target {
  key: string
  /** A number: this many pixels below the upper edge. */
  at: 'start' | 'center' | number
}

export interface PaneElements {
  scroller: HTMLElement
  above: HTMLElement
  list: HTMLElement
  below: HTMLElement
}

/**
 * The pane that the messages scroll in. It has the mounted rows in the normal flow, and above and below them as much empty
 * space as the other rows are expected to take. Whatever changes, a row that is being read is put back where it was before
 * the browser draws, so nothing is ever seen to move.
 */
export interface Pane extends PaneElements {
  mounted: Mounted<MessageRow>
  /** The heights of rows as they were when last mounted. */
  heights: Map<string, number>
  averageHeight: number
  abovePx: number
  scrollTop: number
  /** Where the rows in view are; the one that stays in its place first, and where that is gone, the next. */
  kept: readonly Spot[]
  /** Everything in view, from above. */
  inView: readonly RowInView[]
  /** Whether what is in view is to be remembered again: the reader has moved, or the list has moved them. */
  isMoved: boolean
  /** Where the list is to go, until that is measured. */
  target: Target | undefined
  /** Whether too little is loaded to go all the way to it; until the reader scrolls, more takes them there. */
  isShort: boolean
  /** Whether the last row is the last of the room. */
  reachesEnd: boolean
  /** Whether the end stays in view, whatever grows. */
  restsAtEnd: boolean
  /** Whether the reader is so near to the end that they are taken along when a message arrives. */
  followsEnd: boolean
  /** Whether they were last seen going up. */
  isLeaving: boolean
  /** Whether a row is held in its place until it has its new size. */
  isHeld: boolean
  /** The last row that there was; another one is a new message. */
  lastKey: string | undefined
  /** Whether rows came or went above those that are mounted. */
  isResized: boolean
}

export function createPane(elements: PaneElements, mounted: Mounted<MessageRow>): Pane {
  return {
    ...elements,
    mounted,
    heights: new Map(),
    averageHeight: FIRST_GUESS_PX,
    abovePx: 0,
    scrollTop: 0,
    kept: [],
    inView: [],
    isMoved: true,
    target: undefined,
    isShort: false,
    reachesEnd: false,
    restsAtEnd: false,
    followsEnd: false,
    isLeaving: false,
    isHeld: false,
    lastKey: mounted.rows.at(-1)?.key,
    isResized: false,
  }
}

/** Puts what is being read where it was, and returns what must be mounted instead in this frame, if that is something else. */
export function settle(pane: Pane): Mounted<MessageRow> | undefined {
  const { rows, end } = pane.mounted
  if (pane.restsAtEnd && end < rows.length) return mountedAround(rows, rows.length - 1)
  measureRows(pane)
  setHeight(pane.below, expectedHeight(pane, end, rows.length))
  keepPlace(pane)
  stayWithin(pane)
  const wanted = jumpedTo(pane) ?? wantedRows(pane, 'now')
  if (wanted) return wanted
  pane.inView = rowsInView(pane)
  if (pane.isMoved || pane.restsAtEnd) notePlace(pane)
  return undefined
}

/** What should be mounted once what is in view is drawn: rows further ahead, and not those far behind. */
export function aheadOf(pane: Pane): Mounted<MessageRow> | undefined {
  return wantedRows(pane, 'later')
}

/** The reader has scrolled: what is in view moves by as much. Returns by how much, in pixels. */
export function follow(pane: Pane): number {
  const { scrollTop } = pane.scroller
  const by = scrollTop - pane.scrollTop
  pane.scrollTop = scrollTop
  if (by === 0) return 0
  if (pane.isShort) pane.target = undefined
  pane.isMoved = true
  pane.kept = pane.kept.map(({ key, top }) => ({ key, top: top - by }))
  return by
}

function rowsInView(pane: Pane): RowInView[] {
  const { rows, start } = pane.mounted
  const edge = edgeOf(pane)
  const height = pane.scroller.clientHeight
  return [...pane.list.children].flatMap((element, nth) => {
    const row = rows[start + nth]
    const rect = element.getBoundingClientRect()
    const [top, bottom] = [rect.top - edge, rect.bottom - edge]
    const isVisible = bottom > 0 && top < height
    return row && isVisible ? [{ key: row.key, index: start + nth, row, top, bottom }] : []
  })
}

/** Remembers what of what is in view stays in its place. */
function notePlace(pane: Pane): void {
  pane.kept = pane.inView.toSorted((a, b) => rank(a) - rank(b))
  pane.isMoved = false
  pane.isShort = isShortOfTarget(pane)
  if (!pane.isShort) pane.target = undefined
}

/** Of a message that begins above the view, nobody can tell which part is being read; a divider may go. */
function rank({ row, top }: RowInView): number {
  if (row.kind !== 'message') return 2
  return top < -ROUNDED_PX ? 1 : 0
}

/** Whether the list could not go to its target yet, because too little is loaded below it. */
function isShortOfTarget(pane: Pane): boolean {
  const { target, reachesEnd } = pane
  const element = target && !reachesEnd ? elementOf(pane, target.key) : undefined
  const top = target && topIn(pane, target.key)
  if (!target || !element || top === undefined) return false
  return top - topOf(pane, target, element) > 1
}

/** The rows around a place in the empty space above or below, if nothing that is mounted can be seen. */
export function jumpedTo(pane: Pane): Mounted<MessageRow> | undefined {
  const { top, bottom, view } = measured(pane)
  if (view === 0 || (bottom > 0 && top < view)) return undefined
  const { rows, start, end } = pane.mounted
  const index = bottom <= 0 ? rowBelow(pane, end, -bottom) : rowAbove(pane, start, top)
  const row = rows[index]
  const around = mountedAround(rows, index)
  if (!row || (around.start === start && around.end === end)) return undefined
  pane.kept = [{ key: row.key, top: 0 }]
  return around
}

/** WebKit stays scrolled further than there is if what is below becomes less while it scrolls. */
function stayWithin(pane: Pane): void {
  const beyond = -fromEnd(pane)
  if (beyond <= 1) return
  pane.scroller.scrollTop -= beyond
  pane.scrollTop = pane.scroller.scrollTop
}

export function fromEnd({ scroller }: Pane): number {
  return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight
}

function elementOf(pane: Pane, key: string): Element | undefined {
  const { rows, start, end } = pane.mounted
  const index = rows.findIndex((row) => row.key === key)
  return index >= start && index < end ? pane.list.children[index - start] : undefined
}

/** How many pixels below the upper edge of the view a mounted row is. */
export function topIn(pane: Pane, key: string): number | undefined {
  const element = elementOf(pane, key)
  return element && element.getBoundingClientRect().top - edgeOf(pane)
}

function edgeOf({ scroller }: Pane): number {
  return scroller.getBoundingClientRect().top + scroller.clientTop
}

function measureRows(pane: Pane): void {
  const { rows, start } = pane.mounted
  const { heights } = pane
  let total = 0
  const { children } = pane.list
  for (let nth = 0; nth < children.length; nth += 1) {
    const height = children[nth]?.getBoundingClientRect().height ?? 0
    total += height
    heights.set(rows[start + nth]?.key ?? '', height)
  }
  if (children.length > 0) pane.averageHeight = Math.max(1, total / children.length)
  if (heights.size <= HEIGHTS_MAX) return
  const kept = new Set(rows.map(({ key }) => key))
  for (const key of heights.keys()) if (!kept.has(key)) heights.delete(key)
}

function expectedHeight(pane: Pane, from: number, to: number): number {
  let total = 0
  for (let index = from; index < to; index += 1) total += heightAt(pane, index)
  return total
}

function heightAt({ mounted, heights, averageHeight }: Pane, index: number): number {
  return heights.get(mounted.rows[index]?.key ?? '') ?? averageHeight
}

function keepPlace(pane: Pane): void {
  const { scroller, mounted } = pane
  const spot = pane.restsAtEnd ? undefined : spotToKeep(pane)
  const shift = spot ? spot.element.getBoundingClientRect().top - edgeOf(pane) - spot.top : 0
  const abovePx = spaceAbove(pane, shift)
  const left = shift + abovePx - pane.abovePx
  pane.abovePx = abovePx
  pane.isResized = false
  setHeight(pane.above, abovePx)
  if (pane.restsAtEnd && mounted.end === mounted.rows.length) {
    if (fromEnd(pane) >= ROUNDED_PX) scroller.scrollTop = scroller.scrollHeight
  } else if (Math.abs(left) >= ROUNDED_PX) scroller.scrollTop += left
  pane.scrollTop = scroller.scrollTop
}

/**
 * The empty space takes up what is mounted or unmounted next to it, so that the pane need not be scrolled for it: that would
 * stop a finger's flick on iOS.
 */
function spaceAbove(pane: Pane, shift: number): number {
  const { start } = pane.mounted
  if (start === 0) return 0
  // Browsers round how far there is to scroll: with a part of a pixel above, one is lacking at the very end.
  if (pane.isResized) return Math.round(expectedHeight(pane, 0, start))
  return Math.max(0, pane.abovePx - shift)
}

function spotToKeep(pane: Pane): { element: Element; top: number } | undefined {
  const { target } = pane
  if (target) {
    const element = elementOf(pane, target.key)
    return element && { element, top: topOf(pane, target, element) }
  }
  for (const [nth, { key, top }] of pane.kept.entries()) {
    const element = elementOf(pane, key)
    if (nth > 0) pane.isMoved = true
    if (element) return { element, top }
  }
  pane.isMoved = true
  return undefined
}

function topOf({ scroller }: Pane, { at }: Target, element: Element): number {
  if (typeof at === 'number') return at
  const spare = scroller.clientHeight - element.getBoundingClientRect().height
  const start = Math.min(BELOW_EDGE_PX, Math.max(0, spare))
  return at === 'center' ? Math.max(start, spare / 2) : start
}

function wantedRows(pane: Pane, when: 'now' | 'later'): Mounted<MessageRow> | undefined {
  const { rows, start, end } = pane.mounted
  const { above, below, isUrgent } = changesWanted(measured(pane))
  if (isUrgent !== (when === 'now')) return undefined
  const wanted = {
    rows,
    start: Math.min(Math.max(0, start - above), rows.length),
    end: Math.min(rows.length, end + below),
  }
  return wanted.start === start && wanted.end === end ? undefined : wanted
}

function measured(pane: Pane): Measured {
  const { list, scroller, mounted, averageHeight } = pane
  const edge = edgeOf(pane)
  const { top, bottom } = list.getBoundingClientRect()
  const heights = mounted.rows
    .slice(mounted.start, mounted.end)
    .map((_, nth) => heightAt(pane, mounted.start + nth))
  return {
    top: top - edge,
    bottom: bottom - edge,
    view: scroller.clientHeight,
    heights,
    averageHeight,
    rowsAbove: mounted.start,
    rowsBelow: mounted.rows.length - mounted.end,
  }
}

function rowBelow(pane: Pane, from: number, distance: number): number {
  const last = pane.mounted.rows.length - 1
  let left = distance
  let index = from
  while (index < last && (left -= heightAt(pane, index)) > 0) index += 1
  return Math.min(index, last)
}

function rowAbove(pane: Pane, from: number, distance: number): number {
  let left = distance
  let index = from
  while (index > 0 && left > 0) left -= heightAt(pane, (index -= 1))
  return index
}

function setHeight(element: HTMLElement, px: number): void {
  element.style.height = `${px}px`
}
