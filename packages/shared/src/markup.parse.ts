import { MARKUP_DEPTH_MAX, type Block } from './markup.ts'
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
  return parseBlocks(text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').split('\n'), 0)
}

function parseBlocks(lines: string[], depth: number): Block[] {
  const blocks: Block[] = []
  let paragraph: string[] = []
  const endParagraph = () => {
    if (paragraph.length > 0) {
      blocks.push({ kind: 'paragraph', inlines: parseInlines(paragraph.join('\n')) })
    }
    paragraph = []
  }
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? ''
    const found =
      codeAt(lines, at) ?? (depth < MARKUP_DEPTH_MAX ? nestedAt(lines, at, depth) : undefined)
    if (found) {
      endParagraph()
      blocks.push(found.block)
      at = found.end
      continue
    }
    if (BLANK.test(line)) endParagraph()
    else paragraph.push(line)
    at += 1
  }
  endParagraph()
  return blocks
}

interface Found {
  block: Block
  /** The line after it. */
  end: number
}

function nestedAt(lines: string[], at: number, depth: number): Found | undefined {
  return quoteAt(lines, at, depth) ?? listAt(lines, at, depth)
}

/** A fence that is never closed reaches to the end, as it does while somebody writes it. */
function codeAt(lines: string[], at: number): Found | undefined {
  const [, fence, language = ''] = FENCE.exec(lines[at] ?? '') ?? []
  if (fence === undefined) return undefined
  const closing = new RegExp(`^ {0,3}\\${fence.charAt(0)}{${fence.length},}[ \\t]*$`)
  let end = at + 1
  while (end < lines.length && !closing.test(lines[end] ?? '')) end += 1
  const text = lines.slice(at + 1, end).join('\n')
  // Otherwise what stands beside the fence would be shown nowhere.
  if (text.trim() === '') return undefined
  return { block: { kind: 'code', language: language.toLowerCase(), text }, end: end + 1 }
}

function quoteAt(lines: string[], at: number, depth: number): Found | undefined {
  let end = at
  while (end < lines.length && QUOTE.test(lines[end] ?? '')) end += 1
  if (end === at) return undefined
  const inner = lines.slice(at, end).map((line) => line.replace(QUOTE, ''))
  return { block: { kind: 'quote', blocks: parseBlocks(inner, depth + 1) }, end }
}

function listAt(lines: string[], at: number, depth: number): Found | undefined {
  const first = ITEM.exec(lines[at] ?? '')
  if (!first) return undefined
  const kind = kindOf(first)
  const items: Block[][] = []
  let end = at
  while (end < lines.length) {
    const item = ITEM.exec(lines[end] ?? '')
    if (!item || kindOf(item) !== kind) break
    const begin = end
    const indent = item[0].length
    end += 1
    while (end < lines.length && isWithin(lines, end, indent)) end += 1
    const inner = lines
      .slice(begin, end)
      .map((line, nth) => (nth ? line.slice(indentOf(line, indent)) : line.slice(indent)))
    items.push(parseBlocks(inner, depth + 1))
  }
  const number = Number.parseInt(first[2] ?? '', 10)
  return { block: { kind: 'list', start: Number.isNaN(number) ? undefined : number, items }, end }
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
