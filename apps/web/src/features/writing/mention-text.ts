/*
 * The field is a plain textarea: input methods, undo, spell checking, dictation and screen readers work in it in every engine,
 * which no editable element achieves. So it shows "@Name" where the text of the message has `<@id>`. The text stays the one
 * thing that is stored, and what is done to what is shown is done to it: a text is cut into pieces that know both.
 */

/** A piece of a text, as it is in the message and as the field shows it. */
export interface Piece {
  source: string
  shown: string
  isMention: boolean
}

/** A text after a change, and where the caret is in what is shown of it. */
export interface Changed {
  source: string
  caret: number
}

/** A part of what is shown. */
export interface Range {
  from: number
  to: number
}

const MENTION = /<@([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})>|<!(room|here)>/g

/** Cuts a text at its mentions. */
export function piecesOf(source: string, nameOf: (personId: string) => string): Piece[] {
  const pieces: Piece[] = []
  let done = 0
  const plain = (until: number) => {
    const text = source.slice(done, until)
    if (text !== '') pieces.push({ source: text, shown: text, isMention: false })
  }
  for (const match of source.matchAll(MENTION)) {
    const [mention, personId, everybody] = match
    plain(match.index)
    const shown = `@${personId === undefined ? everybody : nameOf(personId)}`
    pieces.push({ source: mention, shown, isMention: true })
    done = match.index + mention.length
  }
  plain(source.length)
  return pieces
}

/** Whom a text mentions, as far as a field has to know their names. */
export function mentionedIn(source: string): string[] {
  const ids = [...source.matchAll(MENTION)].flatMap(([, id]) => (id === undefined ? [] : [id]))
  return [...new Set(ids)]
}

export function shownIn(pieces: readonly Piece[]): string {
  return pieces.map(({ shown }) => shown).join('')
}

/** The text after the field shows something else, with its caret there. */
export function edited(pieces: readonly Piece[], now: string, caret: number): Changed {
  const before = shownIn(pieces)
  const typedAt = now.length - caret
  // What is behind the caret has not changed, except after an undo, which may leave it anywhere.
  const kept = before.endsWith(now.slice(caret)) ? typedAt : commonEnd(before, now)
  const from = commonStart(before, now, Math.min(before.length, now.length) - kept)
  const inserted = now.slice(from, now.length - kept)
  return replaced(pieces, { from, to: before.length - kept }, inserted)
}

/**
 * The text with something else in the place of a part of what is shown. A mention of which a part is deleted is deleted whole;
 * one that is written into is only text from then on.
 */
export function replaced(
  pieces: readonly Piece[],
  { from, to }: Range,
  source: string,
  shown = source,
): Changed {
  const isDeletion = source === '' && from < to
  let [left, right, at, caret] = ['', '', 0, from + shown.length]
  for (const piece of pieces) {
    const [start, end] = [at, at + piece.shown.length]
    at = end
    if (end <= from) left += piece.source
    else if (start >= to) right += piece.source
    else if (piece.isMention && isDeletion) caret = Math.min(caret, start)
    else {
      left += piece.shown.slice(0, Math.max(0, from - start))
      right += piece.shown.slice(to - start)
    }
  }
  return { source: left + source + right, caret }
}

/** The same part, made larger by the mentions that it touches. */
export function withWholeMentions(pieces: readonly Piece[], { from, to }: Range): Range {
  let at = 0
  const range = { from, to }
  for (const { shown, isMention } of pieces) {
    const [start, end] = [at, at + shown.length]
    at = end
    if (!isMention || start >= to || end <= from) continue
    range.from = Math.min(range.from, start)
    range.to = Math.max(range.to, end)
  }
  return range
}

/** Where the caret goes when the same text is shown with other names. */
export function moved(before: readonly Piece[], now: readonly Piece[], caret: number): number {
  let [at, to] = [0, 0]
  for (const [nth, { shown }] of before.entries()) {
    const length = now[nth]?.shown.length ?? 0
    if (caret < at + shown.length) return to + Math.min(caret - at, length)
    at += shown.length
    to += length
  }
  return to
}

/** The text with what is shown of some mentions as these mentions again: undone and pasted, they are only text. */
export function linkedAgain(
  pieces: readonly Piece[],
  known: ReadonlyMap<string, string | undefined>,
): string {
  return pieces
    .map(({ source, isMention }) => {
      if (isMention) return source
      let linked = source
      for (const [shown, mention] of known) {
        if (mention !== undefined) linked = linked.replaceAll(aloneAs(shown), () => mention)
      }
      return linked
    })
    .join('')
}

function aloneAs(shown: string): RegExp {
  return new RegExp(`${escaped(shown)}(?![\\p{L}\\p{N}])`, 'gu')
}

function escaped(text: string): string {
  return text.replaceAll(/[/\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
}

function commonStart(one: string, other: string, most: number): number {
  let length = 0
  while (length < most && one[length] === other[length]) length += 1
  return length
}

function commonEnd(one: string, other: string): number {
  const most = Math.min(one.length, other.length)
  let length = 0
  while (length < most && one.at(-1 - length) === other.at(-1 - length)) length += 1
  return length
}
