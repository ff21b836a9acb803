import { codePointsIn } from '@conclave/shared/code-points'
import { MESSAGE_MAX_CODE_POINTS } from '@conclave/shared/messages'
import { MESSAGE_MAX_CHARS } from './short-text.ts'

/** The code points of the longest emoji there is: two people who kiss, each with a tone of skin. */
const CHAR_CODE_POINTS = 10
/** Beyond this nothing is counted: that would take longer than somebody types. A character has two code units or fewer. */
const COUNTED_MAX_UNITS = 2 * MESSAGE_MAX_CODE_POINTS
/** A run of characters that never join with each other, but for its ends, which may join with what is around it. */
const ALONE =
  '[\\n -~\\xa1-\\xac\\xae-\\u02af\\u0400-\\u0482\\u048a-\\u052f\\u3041-\\u3096\\u30a1-\\u30fa\\u4e00-\\u9fff\\uac00-\\ud7a3]'
const RUN = new RegExp(`(${ALONE})(${ALONE}+)(?=${ALONE}|$)`, 'g')
/** Joins with nothing. */
const BETWEEN = '\0'

/**
 * How many more characters a message may have, whichever they are, anywhere in it; negative: by how many it is too long;
 * undefined: it is too long by far. What people take for one character is one, and what piles up more than ten code points
 * counts again for each ten. The server counts code points alone, and accepts everything that has none too many here.
 */
export function charsLeft(text: string): number | undefined {
  if (text.length > COUNTED_MAX_UNITS) return undefined
  const codePointsLeft = MESSAGE_MAX_CODE_POINTS - codePointsIn(text)
  const left = MESSAGE_MAX_CHARS - charsIn(text)
  // Where nearly all of it is made of several, the server's limit is the nearer one.
  if (codePointsLeft >= 0) return Math.min(left, Math.floor(codePointsLeft / CHAR_CODE_POINTS))
  return left < 0 ? left : undefined
}

/** Segmenting is slow, so it is done only where characters may join. */
function charsIn(text: string): number {
  let count = 0
  const rest = text.replaceAll(RUN, (_, first: string, others: string) => {
    count += others.length - BETWEEN.length
    return first + BETWEEN
  })
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  for (const { segment } of segmenter.segment(rest))
    count +=
      segment.length > CHAR_CODE_POINTS ? Math.ceil(codePointsIn(segment) / CHAR_CODE_POINTS) : 1
  return count
}
