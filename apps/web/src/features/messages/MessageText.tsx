import type { Block, Inline } from '@conclave/shared/markup'
import { parseMarkup } from '@conclave/shared/markup.parse'
import { unreachable } from '@conclave/shared/unreachable'
import { memo, useMemo, type ReactNode } from 'react'
import { CodeBlock } from './CodeBlock.tsx'
import { isFewEmoji } from './few-emoji.ts'
import { LongText } from './LongText.tsx'
import { EverybodyOf, MentionOf } from './MentionOf.tsx'

/** The text of a message: elements made from its parsed tree, and never HTML that somebody wrote. */
export const MessageText = memo(function MessageText({ id, text }: { id: string; text: string }) {
  const blocks = useMemo(() => parseMarkup(text), [text])
  return (
    <LongText id={id} text={text}>
      <div
        className={`written markup block w-fit max-w-[min(72ch,100%)] ${isFewEmoji(text) ? 'font-emoji text-[2.25rem] leading-tight' : ''}`}
      >
        {blocksOf(blocks)}
      </div>
    </LongText>
  )
})

function blocksOf(blocks: readonly Block[]): ReactNode[] {
  // The tree of one text does not change, so a place in it identifies what is there.
  return blocks.map((block, place) => <BlockOf key={place} block={block} />)
}

function BlockOf({ block }: { block: Block }) {
  switch (block.kind) {
    case 'paragraph':
      return <p dir="auto">{inlinesOf(block.inlines)}</p>
    case 'code':
      return <CodeBlock language={block.language} text={block.text} />
    case 'quote':
      return <blockquote>{blocksOf(block.blocks)}</blockquote>
    case 'list': {
      const items = block.items.map((item, place) => (
        <li key={place} dir="auto">
          {blocksOf(item)}
        </li>
      ))
      return block.start === undefined ? <ul>{items}</ul> : <ol start={block.start}>{items}</ol>
    }
    default:
      return unreachable(block)
  }
}

function inlinesOf(inlines: readonly Inline[]): ReactNode[] {
  return inlines.map((inline, place) =>
    inline.kind === 'text' ? inline.text : <InlineOf key={place} inline={inline} />,
  )
}

function InlineOf({ inline }: { inline: Exclude<Inline, { kind: 'text' }> }) {
  switch (inline.kind) {
    case 'strong':
      return <strong>{inlinesOf(inline.inlines)}</strong>
    case 'emphasis':
      return <em>{inlinesOf(inline.inlines)}</em>
    case 'strike':
      return <s>{inlinesOf(inline.inlines)}</s>
    case 'code':
      return <code dir="ltr">{inline.text}</code>
    case 'link':
      return <LinkOf link={inline} />
    case 'mention':
      return <MentionOf personId={inline.personId} />
    case 'everybody':
      return <EverybodyOf notifies={inline.notifies} />
    default:
      return unreachable(inline)
  }
}

function LinkOf({ link }: { link: Extract<Inline, { kind: 'link' }> }) {
  return (
    <>
      <a
        href={link.href}
        // The host comes first in any writing direction.
        dir={link.named ? 'auto' : 'ltr'}
        target="_blank"
        rel="noopener noreferrer nofollow"
      >
        {inlinesOf(link.inlines)}
      </a>
      {link.named && <Destination href={link.href} />}
    </>
  )
}

/** The words of a link may say anything, such as another address; beside them stands where it leads. */
function Destination({ href }: { href: string }) {
  const { host, pathname } = new URL(href)
  return (
    <bdi dir="ltr" className="destination">
      {' '}
      ({host || pathname})
    </bdi>
  )
}
