import {
  parseSearch,
  type OperatorNames,
  type SearchOperator,
  type SearchPart,
} from '@conclave/shared/search-text'
import * as words from '../../words/en/search.en.ts'
import { t } from '../../words/say.ts'
import type { Word } from '../../words/word.ts'

/** What the operators are called on the page. */
export const OPERATORS: Record<SearchOperator, Word> = {
  from: words.from,
  in: words.inRoom,
  before: words.before,
  after: words.after,
  has: words.has,
}

/** What a search is made of. What the page calls an operator can be typed for it. */
export function parseTyped(text: string): SearchPart[] {
  return parseSearch(text, namesOnPage())
}

function namesOnPage(): OperatorNames {
  const operators = Object.keys(OPERATORS) as SearchOperator[]
  return Object.fromEntries(
    operators.map((operator) => [t(OPERATORS[operator]).toLowerCase(), operator]),
  )
}

/** Whether a part is no word or phrase. */
export function isFilter(part: SearchPart): part is SearchPart & { kind: SearchOperator } {
  return part.kind !== 'words' && part.kind !== 'phrase'
}
