import { MARKUP_DEPTH_MAX, type Block, type Inline } from './markup.ts'
import { parseInlines } from './markup.inline.ts'

// The second run of spaces comes only after a word: otherwise spaces could be shared out between the two in every way.
const FENCE = /^ {0,3}(`{3,}|~{3,})[ \t]*(?:([\w+#.-]{1,30})[ \t]*)?$/
const QUOTE = /^ {0,3}> ?/
const ITEM = /^( {0,3})([-*+]|\d{1,9}[.)])([ \t]+)(?=\S)/
const BLANK = /^\s*$/

/**
 * The tree of a text in the subset of Markdown that messages have (CommonMark 0.31 and GFM strike-through): emphasis, code,
 * quotes, lists, links, mentions. Line breaks are kept as they are written, and so are headings, tables, images and HTML.
 */
export function parseMarkup(text: string): Block[] {
  return parseBlocks(linesOf(text), 0, parseInlines).blocks
}

/**
 * Whether somebody who writes at `caret`, in UTF-16 units from the beginning, writes in a fence that is not closed yet, also
 * if nothing is in it so far. Only looks for blocks, so that it can be asked of a text of any length.
 */
export function isInOpenFence(text: string, caret: number): boolean {
  const before = openFenceIn(text.slice(0, caret))
  return before !== undefined && before === openFenceIn(text)
}

/** The line with the fence that is not closed. */
function openFenceIn(text: string): number | undefined {
  if (!text.includes('```') && !text.includes('~~~')) return undefined
  return parseBlocks(linesOf(text), 0, () => []).openFence
}

function linesOf(text: string): string[] {
  return text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').split('\n')
}

type InlinesOf = (text: string) => Inline[]

interface Parsed {
  blocks: Block[]
  /** The line with a fence that is open where the lines end. */
  openFence: number | undefined
}

function parseBlocks(lines: string[], depth: number, inlinesOf: InlinesOf): Parsed {
  const blocks: Block[] = []
  let paragraph: string[] = []
  let openFence: number | undefined
  const endParagraph = () => {
    if (paragraph.length > 0) {
      blocks.push({ kind: 'paragraph', inlines: inlinesOf(paragraph.join('\n')) })
    }
    paragraph = []
  }
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? ''
    const fence = fenceAt(lines, at)
    const found =
      codeOf(fence) ??
      (depth < MARKUP_DEPTH_MAX ? nestedAt(lines, at, depth, inlinesOf) : undefined)
    if (fence && !fence.isClosed) openFence ??= at
    if (found) {
      endParagraph()
      blocks.push(found.block)
      if (found.end === lines.length) openFence ??= found.openFence
      at = found.end
      continue
    }
    if (BLANK.test(line)) endParagraph()
    else paragraph.push(line)
    at += 1
  }
  endParagraph()
  return { blocks, openFence }
}

interface Found {
  block: Block
  /** The line after it. */
  end: number
  /** The line with a fence that is open where it ends. */
  openFence?: number | undefined
}

/** Where something may begin that has blocks in it: the lines, the first of it, how deep it is, and how its text is read. */
type At = [lines: string[], at: number, depth: number, inlinesOf: InlinesOf]

function nestedAt(...at: At): Found | undefined {
  return quoteAt(...at) ?? listAt(...at)
}

interface Fence {
  language: string
  text: string
  /** The line after it. */
  end: number
  isClosed: boolean
}

/** A fence that is never closed reaches to the end, as it does while somebody writes it. */
function fenceAt(lines: string[], at: number): Fence | undefined {
  const [, fence, language = ''] = FENCE.exec(lines[at] ?? '') ?? []
  if (fence === undefined) return undefined
  const closing = new RegExp(`^ {0,3}\\${fence.charAt(0)}{${fence.length},}[ \\t]*$`)
  let end = at + 1
  while (end < lines.length && !closing.test(lines[end] ?? '')) end += 1
  const text = lines.slice(at + 1, end).join('\n')
  return { language: language.toLowerCase(), text, end: end + 1, isClosed: end < lines.length }
}

function codeOf(fence: Fence | undefined): Found | undefined {
  // Otherwise what stands beside the fence would be shown nowhere.
  if (!fence || fence.text.trim() === '') return undefined
  const { language, text, end } = fence
  return { block: { kind: 'code', language, text }, end }
}

function quoteAt(...[lines, at, depth, inlinesOf]: At): Found | undefined {
  let end = at
  while (end < lines.length && QUOTE.test(lines[end] ?? '')) end += 1
  if (end === at) return undefined
  const inner = lines.slice(at, end).map((line) => line.replace(QUOTE, ''))
  const { blocks, openFence } = parseBlocks(inner, depth + 1, inlinesOf)
  return { block: { kind: 'quote', blocks }, end, openFence: lineAfter(at, openFence) }
}

function listAt(...[lines, at, depth, inlinesOf]: At): Found | undefined {
  const first = ITEM.exec(lines[at] ?? '')
  if (!first) return undefined
  const kind = kindOf(first)
  const items: Block[][] = []
  let openFence: number | undefined
  let end = at
  while (end < lines.length) {
    const mark = ITEM.exec(lines[end] ?? '')
    if (!mark || kindOf(mark) !== kind) break
    const begin = end
    const indent = mark[0].length
    end += 1
    while (end < lines.length && isWithin(lines, end, indent)) end += 1
    const inner = lines
      .slice(begin, end)
      .map((line, nth) => (nth ? line.slice(indentOf(line, indent)) : line.slice(indent)))
    const item = parseBlocks(inner, depth + 1, inlinesOf)
    items.push(item.blocks)
    openFence = lineAfter(begin, item.openFence)
  }
  const number = Number.parseInt(first[2] ?? '', 10)
  const start = Number.isNaN(number) ? undefined : number
  return { block: { kind: 'list', start, items }, end, openFence }
}

function lineAfter(begin: number, line: number | undefined): number | undefined {
  return line === undefined ? undefined : begin + line
}

/** One list has one kind of mark. */
function kindOf([, , mark = '']: RegExpExecArray): string {
  return mark.slice(-1)
}

/** Whether a line belongs to the item above it: it is indented, or blank before one that is. */
function isWithin(lines: string[], at: number, indent: number): boolean {
  const line = lines[at] ?? ''
  if (!BLANK.test(line)) return indentOf(line, indent) >= Math.min(indent, 2)
  const next = lines[at + 1] ?? ''
  return !BLANK.test(next) && indentOf(next, indent) >= Math.min(indent, 2)
}

function indentOf(line: string, max: number): number {
  let indent = 0
  while (indent < max && (line.charAt(indent) === ' ' || line.charAt(indent) === '\t')) indent += 1
  return indent
}
