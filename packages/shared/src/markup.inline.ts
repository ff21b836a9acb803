import type { Inline } from './markup.ts'
import { ADDRESS, linkAt, linkTo } from './markup.links.ts'

type Mark = '**' | '*' | '_' | '~~'
const KINDS = { '**': 'strong', '*': 'emphasis', _: 'emphasis', '~~': 'strike' } as const

/** Markup that is open: what is in it so far. */
interface Open {
  mark: Mark
  inlines: Inline[]
}

/** How many marks may be open in one another. Keeps the work linear in the length of the text. */
const OPEN_MAX = 12
const NAMED_MAX_CHARS = 500
const MENTION =
  '<@(?<person>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})>|<!(?<notifies>room|here)>'
const SPECIAL = new RegExp(
  String.raw`\\(?<escaped>[!-/:-?[-\x60{-~])|(?<ticks>\x60+)|${MENTION}|(?<bracket>\[)|(?<marks>\*+|_+|~+)|(?<address>${ADDRESS})`,
  'giu',
)
// Nothing in it can match in two ways.
const NAMED = new RegExp(
  String.raw`\[((?:[^[\]\\\n]|\\.){1,${NAMED_MAX_CHARS}})\]\([ ]*<?([^\s()<>]+(?:\([^\s()<>]*\)[^\s()<>]*){0,4})>?[ ]*\)`,
  'y',
)
// Words of scripts without spaces have no boundary.
const WORD = /(?![\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Thai}])[\p{L}\p{N}]/u
const SPACE = /[\s\p{Z}]/u

/** What is on some lines; line breaks are in the text. */
export function parseInlines(text: string, isInLink = false): Inline[] {
  const root: Inline[] = []
  const open: Open[] = []
  const ticksGone = new Set<number>()
  const here = () => open.at(-1)?.inlines ?? root
  let done = 0
  const addText = (until: number) => {
    if (until > done) pushText(here(), text.slice(done, until))
  }
  for (
    let match = specialAt(text, 0);
    match;
    match = specialAt(text, Math.max(done, match.index + 1))
  ) {
    const at = match.index
    const found = inlineAt(text, match, ticksGone, isInLink)
    if (found) {
      addText(at)
      if (found.inline.kind === 'text') pushText(here(), found.inline.text)
      else here().push(found.inline)
      done = found.end
    } else if (match.groups?.['marks']) {
      addText(at)
      mark(text, at, match[0], open, root)
      done = at + match[0].length
    }
  }
  addText(text.length)
  while (open.length > 0) abandon(open, root)
  return root
}

function specialAt(text: string, from: number): RegExpExecArray | null {
  SPECIAL.lastIndex = from
  return SPECIAL.exec(text)
}

interface Found {
  inline: Inline
  end: number
}

function inlineAt(
  text: string,
  match: RegExpExecArray,
  ticksGone: Set<number>,
  isInLink: boolean,
): Found | undefined {
  const { escaped, ticks, person, notifies, bracket, address } = match.groups ?? {}
  const at = match.index
  const end = at + match[0].length
  if (escaped) return { inline: { kind: 'text', text: escaped }, end }
  if (ticks) return codeAt(text, at, ticks.length, ticksGone)
  if (person) return { inline: { kind: 'mention', personId: person.toLowerCase() }, end }
  if (notifies) {
    return { inline: { kind: 'everybody', notifies: notifies === 'here' ? 'here' : 'room' }, end }
  }
  if (isInLink) return undefined
  if (bracket) return namedAt(text, at)
  if (!address) return undefined
  const link = linkAt(address)
  if (!link) return { inline: { kind: 'text', text: address }, end }
  const inlines: Inline[] = [{ kind: 'text', text: link.shown }]
  return { inline: { kind: 'link', href: link.href, named: false, inlines }, end: at + link.length }
}

/** Code ends at as many backticks as it began with (CommonMark 6.1). */
function codeAt(text: string, at: number, length: number, gone: Set<number>): Found {
  const begin = at + length
  const closing = gone.has(length) ? null : new RegExp(`(?<!\x60)\x60{${length}}(?!\x60)`, 'g')
  if (closing) closing.lastIndex = begin
  const close = closing?.exec(text)
  if (!close) {
    gone.add(length)
    return { inline: { kind: 'text', text: text.slice(at, begin) }, end: begin }
  }
  const inside = text.slice(begin, close.index)
  const isPadded = inside.startsWith(' ') && inside.endsWith(' ') && /[^ ]/.test(inside)
  return {
    inline: { kind: 'code', text: isPadded ? inside.slice(1, -1) : inside },
    end: close.index + length,
  }
}

function namedAt(text: string, at: number): Found | undefined {
  NAMED.lastIndex = at
  const [whole, words, address] = NAMED.exec(text) ?? []
  if (whole === undefined || words === undefined || address === undefined) return undefined
  const link = linkTo(address)
  if (!link) return undefined
  const inlines = parseInlines(words, true)
  return { inline: { kind: 'link', href: link.href, named: true, inlines }, end: at + whole.length }
}

/** Opens and closes what a run of marks can; the rest of it is text. */
function mark(text: string, at: number, run: string, open: Open[], root: Inline[]): void {
  const before = text.charAt(at - 1) || ' '
  const after = text.charAt(at + run.length) || ' '
  let left = run.length
  while (left > 0) {
    const which = openerOf(open, run.charAt(0), left)
    if (which && !SPACE.test(before) && mayTouch(which.mark, after)) {
      while (open.at(-1) !== which) abandon(open, root)
      close(open, root)
      left -= which.mark.length
      continue
    }
    const next = markOf(run.charAt(0), left)
    const opens = next && open.length < OPEN_MAX && !SPACE.test(after) && mayTouch(next, before)
    if (!opens) break
    open.push({ mark: next, inlines: [] })
    left -= next.length
  }
  if (left > 0) pushText(open.at(-1)?.inlines ?? root, run.charAt(0).repeat(left))
}

function markOf(character: string, length: number): Mark | undefined {
  if (character === '*') return length >= 2 ? '**' : '*'
  if (character === '_') return length === 1 ? '_' : undefined
  return length >= 2 ? '~~' : undefined
}

/** What a run of so many marks closes first: what is as long as the run, or else the innermost. */
function openerOf(open: readonly Open[], character: string, length: number): Open | undefined {
  const same = open.filter(({ mark }) => mark.charAt(0) === character && mark.length <= length)
  return same.findLast(({ mark }) => mark.length === length) ?? same.at(-1)
}

/** Single marks are also signs of multiplication and parts of names: inside a word they are text. */
function mayTouch(which: Mark, beside: string): boolean {
  return which.length > 1 || !WORD.test(beside)
}

function close(open: Open[], root: Inline[]): void {
  const closed = open.pop()
  if (!closed) return
  const inlines = open.at(-1)?.inlines ?? root
  if (closed.inlines.length === 0) pushText(inlines, closed.mark + closed.mark)
  else inlines.push({ kind: KINDS[closed.mark], inlines: closed.inlines })
}

/** What was opened and never closed is text. */
function abandon(open: Open[], root: Inline[]): void {
  const abandoned = open.pop()
  if (!abandoned) return
  const inlines = open.at(-1)?.inlines ?? root
  pushText(inlines, abandoned.mark)
  const [first, ...rest] = abandoned.inlines
  if (first?.kind === 'text') pushText(inlines, first.text)
  else if (first) inlines.push(first)
  for (const inline of rest) inlines.push(inline)
}

function pushText(inlines: Inline[], text: string): void {
  const last = inlines.at(-1)
  if (last?.kind === 'text') inlines[inlines.length - 1] = { kind: 'text', text: last.text + text }
  else inlines.push({ kind: 'text', text })
}
