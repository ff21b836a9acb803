import type { Message } from '@conclave/shared/messages'
import { useEffect, useRef, useState } from 'react'
import { useLate } from '../../ui/use-late.ts'
import { usePerson } from '../people/people.queries.ts'

const READ_OUT_MAX = 3
/** How long the name of somebody who is not known yet is waited for. */
const NAME_WITHIN_MS = 2_000

interface Line {
  key: string
  /** Undefined for our own announcement. */
  authorId: string | undefined
  text: string
}

/**
 * Announces new messages of others to screen readers, and never history. The visible list cannot be a live region,
 * because it mounts and unmounts rows while it scrolls.
 */
export function MessageAnnouncer({
  messages,
  myId,
}: {
  messages: readonly Message[]
  myId: string
}) {
  const announcedSeq = useRef(messages.at(-1)?.seq ?? 0)
  const [lines, setLines] = useState<Line[]>([])

  useEffect(() => {
    const newMessages = messages.filter(
      ({ seq, authorId }) => seq > announcedSeq.current && authorId !== myId,
    )
    announcedSeq.current = Math.max(announcedSeq.current, messages.at(-1)?.seq ?? 0)
    const last = newMessages.at(-1)
    if (!last) return
    setLines(
      newMessages.length > READ_OUT_MAX
        ? [{ key: last.id, authorId: undefined, text: `${newMessages.length} new messages` }]
        : newMessages.map(({ id, authorId, text }) => ({ key: id, authorId, text })),
    )
  }, [messages, myId])

  return (
    <div aria-live="polite" className="sr-only">
      {lines.map(({ key, authorId, text }) =>
        authorId === undefined ? (
          <p key={key}>
            <bdi>{text}</bdi>
          </p>
        ) : (
          <Announced key={key} authorId={authorId} text={text} />
        ),
      )}
    </div>
  )
}

function Announced({ authorId, text }: { authorId: string; text: string }) {
  const author = usePerson(authorId)
  const isLate = useLate(!author, NAME_WITHIN_MS)
  // What was read out once is not read out again with the name.
  if (!author && !isLate) return null
  return (
    <p>
      <bdi>{author?.name ?? 'Someone'}</bdi>: <bdi>{text}</bdi>
    </p>
  )
}
