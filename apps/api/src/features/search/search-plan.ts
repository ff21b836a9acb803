import {
  SEARCHED_THINGS,
  type NothingFoundReason,
  type SearchedThing,
} from '@conclave/shared/search'
import { parseSearch, type SearchPart } from '@conclave/shared/search-text'
import { unreachable } from '@conclave/shared/unreachable'
import { DENSE, foldText } from './folded-text.ts'
import { keysOfWord, thingKey } from './search-keys.ts'

/** What has to be true of a message, besides who wrote it and where. */
export interface SearchPlan {
  /** Each message that is found has all of these keys; not every message that has them is found. */
  keys: number[]
  /** What its folded words contain. */
  wanted: string[]
  /** Names or ids, any of which it may be; undefined for everybody, and everywhere. */
  from: string[] | undefined
  in: string[] | undefined
  /** In milliseconds since 1970: the first moment that counts, and the first one that does not any more. */
  since: number
  until: number
}

export interface NothingToFind {
  kind: NothingFoundReason
  about: string
}

/** What a search means, or why it can find nothing. */
export function planSearch(text: string): SearchPlan | NothingToFind {
  const parts = parseSearch(text)
  const refused = parts.map(refusalOf).find((refusal) => refusal !== undefined)
  if (refused) return refused
  const wanted = [...new Set(parts.flatMap(wantedIn))]
  const keys = [...wanted.flatMap(keysOfWanted), ...valuesOf(parts, 'has').map(keyOfThing)]
  const plan = {
    keys: [...new Set(keys)],
    wanted,
    from: someOf(valuesOf(parts, 'from')),
    in: someOf(valuesOf(parts, 'in')),
    since: Math.max(-Infinity, ...valuesOf(parts, 'after').map(momentOf)),
    until: Math.min(Infinity, ...valuesOf(parts, 'before').map(momentOf)),
  }
  if (plan.keys.length > 0 || plan.from || plan.in) return plan
  // A letter is no key, so every message of all that time would be compared with it.
  if (wanted.length > 0) return { kind: 'too-short', about: text.trim() }
  if (plan.since > -Infinity || plan.until < Infinity) return plan
  return { kind: 'nothing-to-find', about: text.trim() }
}

function refusalOf({ kind, value }: SearchPart): NothingToFind | undefined {
  if (kind === 'words' || kind === 'phrase') return undefined
  if (value === '') return { kind: 'no-value', about: `${kind}:` }
  switch (kind) {
    case 'from':
    case 'in':
      return undefined
    case 'before':
    case 'after':
      return Number.isNaN(momentOf(value)) ? { kind: 'unknown-date', about: value } : undefined
    case 'has':
      return isThing(value.toLowerCase()) ? undefined : { kind: 'unknown-thing', about: value }
    default:
      return unreachable(kind)
  }
}

/** The beginnings of these words, each for itself; of a phrase, its whole words one after the other. */
function wantedIn({ kind, value }: SearchPart): string[] {
  if (kind !== 'words' && kind !== 'phrase') return []
  const { words } = foldText(value)
  if (words === '') return []
  if (kind === 'words') return wordsOf(words).map((word) => (DENSE.test(word) ? word : ` ${word}`))
  // At its ends, a script without spaces has no end of a word.
  const all = wordsOf(words)
  const before = DENSE.test(all[0] ?? '') ? '' : ' '
  const after = DENSE.test(all.at(-1) ?? '') ? '' : ' '
  return [`${before}${all.join(' ')}${after}`]
}

function keysOfWanted(wanted: string): number[] {
  return wordsOf(wanted).flatMap(keysOfWord)
}

function wordsOf(words: string): string[] {
  return words.split(' ').filter((word) => word !== '')
}

function isThing(value: string): value is SearchedThing {
  return (SEARCHED_THINGS as readonly string[]).includes(value)
}

function keyOfThing(value: string): number {
  return thingKey(value.toLowerCase() as SearchedThing)
}

function valuesOf(parts: readonly SearchPart[], kind: SearchPart['kind']): string[] {
  return parts.filter((part) => part.kind === kind).map(({ value }) => value)
}

function someOf(values: string[]): string[] | undefined {
  return values.length > 0 ? [...new Set(values)] : undefined
}

const DAY = /^\d{4}-\d{2}-\d{2}$/
const MOMENT = /^\d{4}-\d{2}-\d{2}t\d{2}:\d{2}:\d{2}\.\d{3}z$/i

/** The beginning of this day in UTC, or this moment, in milliseconds; NaN for anything else. */
function momentOf(value: string): number {
  const written = DAY.test(value) ? `${value}T00:00:00.000Z` : value.toUpperCase()
  if (!MOMENT.test(written)) return Number.NaN
  const at = Date.parse(written)
  // The 30th of February would be the 2nd of March.
  return !Number.isNaN(at) && new Date(at).toISOString() === written ? at : Number.NaN
}
