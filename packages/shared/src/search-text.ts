/** The words before a colon that say what a message has to be; everything else before a colon is text. */
const OPERATORS = { from: true, in: true, before: true, after: true, has: true }
export type SearchOperator = keyof typeof OPERATORS

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
const NAMED = `(${Object.keys(OPERATORS).join('|')}):`
const PART = new RegExp(`${NAMED}(?=\\s|$)|(?:${NAMED})?(?:${QUOTED}|([^\\s${OPENING}]+))`, 'gui')

/** What a search is made of, in its order; words beside each other are one part. */
export function parseSearch(text: string): SearchPart[] {
  const parts: SearchPart[] = []
  for (const [, bare, operator, quoted, word] of text.matchAll(PART)) {
    const named = (operator ?? bare)?.toLowerCase() as SearchOperator | undefined
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

/** The text of these parts, which `parseSearch` reads as the same parts. */
export function searchText(parts: readonly SearchPart[]): string {
  return parts.map(written).join(' ')
}

function written({ kind, value }: SearchPart): string {
  if (kind === 'words') return value
  const bare = value.replaceAll(new RegExp(`[${OPENING}${CLOSING}]`, 'gu'), '')
  if (kind === 'phrase') return `"${bare}"`
  return /^\S+$/u.test(bare) ? `${kind}:${bare}` : `${kind}:"${bare}"`
}
