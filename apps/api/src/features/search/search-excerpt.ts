import { textWithMentions } from '@conclave/shared/markup.plain'
import { EXCERPT_MAX_CHARS, type MatchRange } from '@conclave/shared/search'
import { foldText } from './folded-text.ts'
import { withoutMentions } from './without-mentions.ts'

export interface Excerpt {
  excerpt: string
  matches: MatchRange[]
  cutBefore: boolean
  cutAfter: boolean
}

/** How much of an excerpt comes before its first match, at most. */
const BEFORE_MAX_CHARS = 40
const MATCHES_MAX = 50

/**
 * The part of a text around the first match, without markup and with mentions as they are written; undefined for a text that
 * does not have all of them.
 */
export function excerptOf(source: string, wanted: readonly string[]): Excerpt | undefined {
  const text = textWithMentions(source)
  const found = matchesIn(text, wanted)
  if (!found) return undefined
  const begin = beginOf(text, found[0]?.start ?? 0)
  const end = endOf(text, begin)
  return {
    excerpt: text.slice(begin, end),
    matches: found
      .filter((match) => match.start >= begin && match.start < end)
      .map((match) => ({ start: match.start - begin, end: Math.min(match.end, end) - begin })),
    cutBefore: begin > 0,
    cutAfter: end < text.length,
  }
}

/** Where each of these is, in order and merged; undefined if one of them is nowhere. */
function matchesIn(text: string, wanted: readonly string[]): MatchRange[] | undefined {
  const folded = foldText(withoutMentions(text))
  const found: MatchRange[] = []
  for (const one of wanted) {
    let at = folded.words.indexOf(one)
    if (at < 0) return undefined
    for (let count = 0; at >= 0 && count < MATCHES_MAX; count += 1) {
      const first = at + Number(one.startsWith(' '))
      const last = at + one.length - 1 - Number(one.endsWith(' '))
      found.push({ start: folded.start(first), end: folded.end(last) })
      at = folded.words.indexOf(one, at + 1)
    }
  }
  return merged(found)
}

function merged(ranges: readonly MatchRange[]): MatchRange[] {
  const all: MatchRange[] = []
  for (const range of ranges.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const last = all.at(-1)
    if (last && range.start <= last.end) last.end = Math.max(last.end, range.end)
    else all.push({ ...range })
  }
  return all
}

/** At the beginning of the text or of a word, and in no mention. */
function beginOf(text: string, match: number): number {
  const earliest = match - BEFORE_MAX_CHARS
  if (earliest <= 0) return 0
  const space = text.slice(earliest, match).search(/\s\S/u)
  return outsideMention(text, space < 0 ? wholeCharacter(text, earliest) : earliest + space + 1, 1)
}

function endOf(text: string, begin: number): number {
  const latest = begin + EXCERPT_MAX_CHARS
  if (latest >= text.length) return text.length
  return outsideMention(text, wholeCharacter(text, latest), -1)
}

function wholeCharacter(text: string, at: number): number {
  return /[\udc00-\udfff]/.test(text[at] ?? '') ? at - 1 : at
}

/** Moves out of a mention that this place is inside of, forwards or backwards. */
function outsideMention(text: string, at: number, direction: 1 | -1): number {
  for (const { 0: mention, index } of text.matchAll(/<(?:@[0-9a-f-]{36}|!room|!here)>/g)) {
    const end = index + mention.length
    if (index < at && at < end) return direction > 0 ? end : index
  }
  return at
}
