import { plainText } from '@conclave/shared/markup.plain'
import type { Message } from '@conclave/shared/messages'
import { isToRead } from '@conclave/shared/unread'
import { useState } from 'react'
import { useIsWriting } from '../../ui/use-is-writing.ts'
import { useLate } from '../../ui/use-late.ts'
import * as words from '../../words/en/messages.en.ts'
import { someone } from '../../words/en/people.en.ts'
import { rich, t } from '../../words/say.ts'
import { useNamesOf, usePersonName } from '../people/people.queries.ts'

const READ_OUT_MAX = 3
/** How long the name of somebody who is not known yet is waited for. */
const NAME_WITHIN_MS = 2_000

interface Line {
  key: string
  /** Undefined for our own announcement. */
  authorId: string | undefined
  text: string
  mentions: readonly string[]
}

const NOBODY: readonly string[] = []

/**
 * Announces new messages of others to screen readers, and never history; while somebody writes, it waits for a pause. The visible list cannot be a live region,
 * because it mounts and unmounts rows while it scrolls.
 */
export function MessageAnnouncer({
  messages,
  after,
  myId,
}: {
  messages: readonly Message[]
  /** The last seq that there was when the room was opened: what is loaded up to it is history. */
  after: number
  myId: string
}) {
  const isWriting = useIsWriting()
  const lastSeq = messages.at(-1)?.seq ?? 0
  const [announced, setAnnounced] = useState<{ seq: number; lines: readonly Line[] }>({
    seq: Math.max(lastSeq, after),
    lines: [],
  })
  let { lines } = announced
  if (lastSeq > announced.seq && !isWriting) {
    // While it renders, so that a message is shown and announced in one go.
    lines = linesOf(messages, { after: announced.seq, myId }) ?? lines
    setAnnounced({ seq: lastSeq, lines })
  }

  return (
    <div aria-live="polite" className="sr-only">
      {lines.map(({ key, authorId, text, mentions }) =>
        authorId === undefined ? (
          <p key={key}>
            <bdi>{text}</bdi>
          </p>
        ) : (
          <Announced key={key} authorId={authorId} text={text} mentions={mentions} />
        ),
      )}
    </div>
  )
}

/** Undefined when nobody else has said anything. */
function linesOf(
  messages: readonly Message[],
  { after, myId }: { after: number; myId: string },
): Line[] | undefined {
  const news = messages.filter((message) => message.seq > after && isToRead(message, myId))
  const last = news.at(-1)
  if (!last) return undefined
  return news.length > READ_OUT_MAX
    ? [
        {
          key: last.id,
          authorId: undefined,
          text: t(words.manyNew, { count: news.length }),
          mentions: NOBODY,
        },
      ]
    : news.map(({ id, authorId, text, mentions = NOBODY }) => ({
        key: id,
        authorId,
        text,
        mentions,
      }))
}

/** Its words without the markup. */
function Announced(props: { authorId: string; text: string; mentions: readonly string[] }) {
  const { authorId, text, mentions } = props
  const nameOf = useNamesOf(mentions)
  const name = usePersonName(authorId)
  const isLate = useLate(name === undefined, NAME_WITHIN_MS)
  // What was read out once is not read out again with the name.
  if (name === undefined && !isLate) return null
  return (
    <p>
      {rich(words.announced, {
        person: <bdi>{name ?? t(someone)}</bdi>,
        text: <bdi>{plainText(text, (id) => nameOf(id) ?? t(someone))}</bdi>,
      })}
    </p>
  )
}
