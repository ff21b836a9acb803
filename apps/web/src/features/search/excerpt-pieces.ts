import type { MatchRange } from '@conclave/shared/search'

/** A part of an excerpt: text, which matches or not, or a mention of a person or of everybody. */
export interface ExcerptPiece {
  /** Where it begins in the excerpt. */
  at: number
  text: string
  isMatch: boolean
  /** Who is mentioned; the text is then the mention as it is stored. */
  personId?: string
}

const MENTION = /<(?:@([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})|!(room|here))>/g

/** Takes an excerpt apart; what a server says of places that are not in it is ignored. */
export function excerptPieces(excerpt: string, matches: readonly MatchRange[]): ExcerptPiece[] {
  const pieces: ExcerptPiece[] = []
  let at = 0
  for (const { start, end } of matches) {
    if (start < at || end <= start || end > excerpt.length) continue
    pieces.push(...plain(excerpt.slice(at, start), at))
    pieces.push({ at: start, text: excerpt.slice(start, end), isMatch: true })
    at = end
  }
  return [...pieces, ...plain(excerpt.slice(at), at)]
}

function plain(text: string, at: number): ExcerptPiece[] {
  const pieces: ExcerptPiece[] = []
  let done = 0
  for (const { 0: mention, 1: personId, 2: everybody, index } of text.matchAll(MENTION)) {
    pieces.push({ at: at + done, text: text.slice(done, index), isMatch: false })
    pieces.push({
      at: at + index,
      text: everybody === undefined ? mention : `@${everybody}`,
      isMatch: false,
      ...(personId === undefined ? {} : { personId }),
    })
    done = index + mention.length
  }
  pieces.push({ at: at + done, text: text.slice(done), isMatch: false })
  return pieces.filter((piece) => piece.text !== '')
}
