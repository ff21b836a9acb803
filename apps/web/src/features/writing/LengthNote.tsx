import * as words from '../../words/en/length.en.ts'
import { t } from '../../words/say.ts'

export { charsLeft } from './message-length.ts'

/** From here on, each character is said to those who hear the page. */
const EACH_BELOW_CHARS = 10

/** How many characters a text may still have; when it is too long, also what to do. */
export function LengthNote({ id, left }: { id: string; left: number | undefined }) {
  const isTooLong = left === undefined || left < 0
  const sentence = sentenceOf(left)
  const isSaid = isTooLong || left <= EACH_BELOW_CHARS || left % 50 === 0
  return (
    <div className={`pt-1 text-end text-small ${isTooLong ? 'text-danger' : 'text-soft'}`}>
      <p id={id} className="tabular-nums">
        {sentence}
      </p>
      <output className="sr-only">{isSaid && sentence}</output>
    </div>
  )
}

function sentenceOf(left: number | undefined): string {
  if (left === undefined) return t(words.farTooLong)
  return left < 0 ? t(words.tooLong, { count: -left }) : t(words.charsLeft, { count: left })
}
