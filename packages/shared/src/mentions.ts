import type { Block, Inline } from './markup.ts'
import { parseMarkup } from './markup.parse.ts'
import type { Notifies } from './messages.ts'
import { unreachable } from './unreachable.ts'

/** How many people one message can mention by name. */
export const MENTIONS_MAX = 20

/** Whom a text mentions: people by id, each once; and whether it notifies everybody. */
export interface Mentions {
  people: string[]
  notifies: Notifies | undefined
}

/** The mentions in a text as it is stored: `<@` and the person's id and `>`, `<!room>`, `<!here>`; not those in code. */
export function mentionsIn(text: string): Mentions {
  const inlines = parseMarkup(text).flatMap(inlinesOf)
  const people = inlines.flatMap((inline) => (inline.kind === 'mention' ? [inline.personId] : []))
  const everybody = inlines.flatMap((inline) =>
    inline.kind === 'everybody' ? [inline.notifies] : [],
  )
  const notifies = everybody.includes('room') ? 'room' : everybody[0]
  return { people: [...new Set(people)], notifies }
}

function inlinesOf(block: Block): Inline[] {
  switch (block.kind) {
    case 'paragraph':
      return block.inlines.flatMap(withInner)
    case 'code':
      return []
    case 'quote':
      return block.blocks.flatMap(inlinesOf)
    case 'list':
      return block.items.flat().flatMap(inlinesOf)
    default:
      return unreachable(block)
  }
}

function withInner(inline: Inline): Inline[] {
  return 'inlines' in inline ? inline.inlines.flatMap(withInner) : [inline]
}
