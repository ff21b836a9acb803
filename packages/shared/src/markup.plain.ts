import type { Block, Inline } from './markup.ts'
import { parseMarkup } from './markup.parse.ts'

/** The name of a person by their id. */
export type NameOf = (personId: string) => string

/** The words of a text without its markup, as for a notification, a search or a screen reader. */
export function plainText(text: string, nameOf: NameOf): string {
  return parseMarkup(text)
    .map((block) => plainBlock(block, nameOf))
    .join('\n')
}

/** The first lines of it that are not empty. */
export function firstLines(text: string, count: number, nameOf: NameOf): string[] {
  return plainText(text, nameOf)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, count)
}

function plainBlock(block: Block, nameOf: NameOf): string {
  switch (block.kind) {
    case 'paragraph':
      return plainInlines(block.inlines, nameOf)
    case 'code':
      return block.text
    case 'quote':
      return block.blocks.map((inner) => plainBlock(inner, nameOf)).join('\n')
    case 'list':
      return block.items
        .flatMap((item) => item.map((inner) => plainBlock(inner, nameOf)))
        .join('\n')
  }
}

function plainInlines(inlines: readonly Inline[], nameOf: NameOf): string {
  return inlines.map((inline) => plainInline(inline, nameOf)).join('')
}

function plainInline(inline: Inline, nameOf: NameOf): string {
  switch (inline.kind) {
    case 'text':
    case 'code':
      return inline.text
    case 'strong':
    case 'emphasis':
    case 'strike':
    case 'link':
      return plainInlines(inline.inlines, nameOf)
    case 'mention':
      return `@${nameOf(inline.personId)}`
    case 'everybody':
      return `@${inline.notifies}`
  }
}
