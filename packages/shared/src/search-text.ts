/** The words before a colon that say what a message has to be; everything else before a colon is text. */
const OPERATORS = { from: true, in: true, before: true, after: true, has: true }
export type SearchOperator = keyof typeof OPERATORS
/** Other words that people type for operators, in small letters. */
export type OperatorNames = Readonly<Record<string, SearchOperator>>

const OWN_NAMES: OperatorNames = Object.fromEntries(
  Object.keys(OPERATORS).map((name) => [name, name as SearchOperator]),
)

/** One part of what somebody searches for. */
export interface SearchPart {
  kind: 'words' | 'phrase' | SearchOperator
  /** Without its operator and its quotes. */
  value: string
}

const OPENING = '"\u201c\u201e\u201f\u00ab'
const CLOSING = '"\u201c\u201d\u00bb'
// A quote that is not closed ends with the text.
const QUOTED = `[${OPENING}]([^${CLOSING}]*)[${CLOSING}]?`

/** What a search is made of, in its order; words beside each other are one part. Operators may have other names, too. */
export function parseSearch(text: string, names: OperatorNames = {}): SearchPart[] {
  const operators: OperatorNames = { ...names, ...OWN_NAMES }
  const parts: SearchPart[] = []
  for (const [, bare, operator, quoted, word] of text.matchAll(partNamed(Object.keys(operators)))) {
    const named = operators[(operator ?? bare ?? '').toLowerCase()]
    const value = (quoted ?? word ?? '').trim()
    const last = parts.at(-1)
    if (named) parts.push({ kind: named, value })
    else if (quoted !== undefined) {
      if (value !== '') parts.push({ kind: 'phrase', value })
    } else if (last?.kind === 'words') last.value += ` ${value}`
    else parts.push({ kind: 'words', value })
  }
  return parts
}

function partNamed(operators: readonly string[]): RegExp {
  const typed = operators.filter((name) => /^[\p{L}\p{M}]+$/u.test(name))
  const named = `(${typed.join('|')}):`
  return new RegExp(`${named}(?=\\s|$)|(?:${named})?(?:${QUOTED}|([^\\s${OPENING}]+))`, 'gui')
}

/** The text of these parts, which `parseSearch` reads as the same parts. */
export function searchText(parts: readonly SearchPart[]): string {
  return parts.map(written).join(' ')
}

function written({ kind, value }: SearchPart): string {
  if (kind === 'words') return value
  const bare = value.replaceAll(new RegExp(`[${OPENING}${CLOSING}]`, 'gu'), '')
  if (kind === 'phrase') return `"${bare}"`
  if (bare === '') return `${kind}:`
  return /^\S+$/u.test(bare) ? `${kind}:${bare}` : `${kind}:"${bare}"`
}
