import { SPANS, spanKey, spanOf } from './search-keys.ts'

/** A stretch of time that is searched before older ones. */
export interface SearchWindow {
  /** In milliseconds since 1970: its first moment, and the first one after it. */
  since: number
  until: number
  /** Each message in it has one of these keys; undefined where it is all time. */
  keys: number[] | undefined
}

/**
 * The stretches of time from the last to the first, each about eight times as long as the one before: what is said all the time is
 * found in the first of them, and the others are not looked at. What is rare is found with a few lookups in each. The longest two
 * spans reach back to 1970.
 */
export function* windowsBetween(since: number, until: number): Generator<SearchWindow> {
  let end = until
  for (const span of SPANS) {
    if (end <= since) return
    // The last moment before the end is in the span, which begins with the one before, so none is short.
    const last = spanOf(span, until - 1)
    const begin = Math.max(since, (last - 1) * 2 ** span * 1000)
    if (begin < end)
      yield { since: begin, until: end, keys: [spanKey(span, last - 1), spanKey(span, last)] }
    end = Math.min(end, begin)
  }
}
