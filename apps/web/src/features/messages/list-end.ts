import { fromEnd, topIn, type Pane, type Target } from './list-pane.ts'

/** So near to the end the reader is taken along when a message arrives. */
const NEAR_END_PX = 100
/** So near they are at the end, and stay there whatever grows. Sizes and positions of elements are rounded. */
const AT_END_PX = 2
const CLAMPED_PX = 0.5

/** How the reader stands to the end, after they have scrolled by so many pixels. Only scrolling up means that they leave it. */
export function scrolledBy(pane: Pane, by: number): void {
  const left = fromEnd(pane)
  // Where something shrank at the end, the browser moves the reader up, and they are still there.
  const isUp = by < 0 && left > CLAMPED_PX
  pane.isLeaving = isUp
  if (left <= NEAR_END_PX) pane.followsEnd = pane.reachesEnd
  else if (isUp) pane.followsEnd = false
  // In the first pixels of their way up, nobody is taken back.
  if (isUp) pane.restsAtEnd = false
  else if (left <= AT_END_PX) pane.restsAtEnd = pane.reachesEnd
}

/** The list has come to rest. */
export function cameToRest(pane: Pane): void {
  const left = fromEnd(pane)
  if (pane.isLeaving) pane.followsEnd = pane.reachesEnd && left <= NEAR_END_PX
  if (left <= AT_END_PX) pane.restsAtEnd = pane.followsEnd = pane.reachesEnd
  pane.isLeaving = false
}

export function takeToEnd(pane: Pane): void {
  pane.target = undefined
  pane.restsAtEnd = true
  pane.followsEnd = true
  pane.isLeaving = false
}

export function takeFromEnd(pane: Pane, target: Target): void {
  pane.target = target
  pane.restsAtEnd = false
  pane.followsEnd = false
  pane.isLeaving = false
}

/** A row stays in its place while it gets another size, also at the end. */
export function holdInPlace(pane: Pane, key: string): void {
  const top = topIn(pane, key)
  if (top === undefined) return
  takeFromEnd(pane, { key, at: top })
  pane.isMoved = true
  pane.isHeld = true
}

/** What was held in its place has its new size: the reader may be far above the end, or still at it. */
export function standsAgain(pane: Pane): void {
  const left = fromEnd(pane)
  pane.isHeld = false
  pane.followsEnd = pane.reachesEnd && left <= NEAR_END_PX
  pane.restsAtEnd = pane.reachesEnd && left <= AT_END_PX
}

/** Whether the reader is above the end, and does not follow it. */
export function isAwayFromEnd(pane: Pane): boolean {
  if (!pane.reachesEnd) return true
  return fromEnd(pane) > NEAR_END_PX && !pane.followsEnd
}
