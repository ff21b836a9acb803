import { SPANS, spanKey, spanOf } from './search-keys.ts'

/** A stretch of time that is searched before older ones. */
export interface SearchWindow {
  /** In milliseconds since 1970: its first moment, and the first one after it. */
  since: number
  until: number
  /** Each message in it has one of these keys; undefined where it is all time. */
  keys: number[] | undefined
}

const SHORTEST = SPANS[0]
const LONGEST = SPANS[SPANS.length - 1] ?? SHORTEST
/** What is said to be later than this, in 2072, is not found in many messages. */
const LAST_MS = 3 * 2 ** LONGEST * 1000

/**
 * The stretches of time from the last to the first, each about eight times as long as the one before: what is said all the time is
 * found in the first of them, and the others are not looked at. What is rare is found with a few lookups in each. The first
 * reaches from an hour or two ago into the future, because the time of a message need not be the time at which it was stored.
 */
export function* windowsBetween(given: {
  since: number
  until: number
  now: number
}): Generator<SearchWindow> {
  const since = Math.max(given.since, 0)
  const latest = Math.min(given.until - 1, given.now)
  let end = given.until
  for (const span of SPANS) {
    // The last moment is in the span that follows this beginning, so no stretch is short.
    const begin =
      span === LONGEST ? since : Math.max(since, (spanOf(span, latest) - 1) * 2 ** span * 1000)
    if (begin < end) yield { since: begin, until: end, keys: keysBetween(begin, end) }
    end = Math.min(end, begin)
  }
}

/** The keys of as few spans as have all of this time, and little else: what was searched before is not read again. */
function keysBetween(since: number, until: number): number[] {
  const keys: number[] = []
  let at = spanOf(SHORTEST, since)
  const end = spanOf(SHORTEST, Math.min(until, LAST_MS) - 1) + 1
  while (at < end) {
    const from = at
    const fits = (span: number) => from % length(span) === 0 && from + length(span) <= end
    const span = SPANS.findLast(fits) ?? SHORTEST
    keys.push(spanKey(span, at / length(span)))
    at += length(span)
  }
  return keys
}

/** In shortest spans. */
function length(span: number): number {
  return 2 ** (span - SHORTEST)
}
