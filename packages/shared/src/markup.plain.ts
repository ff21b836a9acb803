import type { Block, Inline } from './markup.ts'
import { parseMarkup } from './markup.parse.ts'

/** The name of a person by their id. */
export type NameOf = (personId: string) => string

/** The words of a text without its markup, as for a notification or a screen reader. */
export function plainText(text: string, nameOf: NameOf): string {
  return withoutMarkup(text, (inline) =>
    inline.kind === 'mention' ? `@${nameOf(inline.personId)}` : `@${inline.notifies}`,
  )
}

/** The same with mentions as they are written, for whoever is to name people later. */
export function textWithMentions(text: string): string {
  return withoutMarkup(text, (inline) =>
    inline.kind === 'mention' ? `<@${inline.personId}>` : `<!${inline.notifies}>`,
  )
}

type Mentioned = (inline: Extract<Inline, { kind: 'mention' | 'everybody' }>) => string

function withoutMarkup(text: string, mentioned: Mentioned): string {
  return parseMarkup(text)
    .map((block) => plainBlock(block, mentioned))
    .join('\n')
}

/** The first lines of it that are not empty. */
export function firstLines(text: string, count: number, nameOf: NameOf): string[] {
  return plainText(text, nameOf)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, count)
}

function plainBlock(block: Block, mentioned: Mentioned): string {
  switch (block.kind) {
    case 'paragraph':
      return plainInlines(block.inlines, mentioned)
    case 'code':
      return block.text
    case 'quote':
      return block.blocks.map((inner) => plainBlock(inner, mentioned)).join('\n')
    case 'list':
      return block.items
        .flatMap((item) => item.map((inner) => plainBlock(inner, mentioned)))
        .join('\n')
  }
}

function plainInlines(inlines: readonly Inline[], mentioned: Mentioned): string {
  return inlines.map((inline) => plainInline(inline, mentioned)).join('')
}

function plainInline(inline: Inline, mentioned: Mentioned): string {
  switch (inline.kind) {
    case 'text':
    case 'code':
      return inline.text
    case 'strong':
    case 'emphasis':
    case 'strike':
    case 'link':
      return plainInlines(inline.inlines, mentioned)
    case 'mention':
    case 'everybody':
      return mentioned(inline)
  }
}
