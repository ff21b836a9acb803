import type { Message } from '@conclave/shared/messages'
import type { Person } from '@conclave/shared/people'
import { useEffect, useRef, useState } from 'react'

const READ_OUT_MAX = 3

interface Line {
  key: string
  /** The author; empty for our own announcement. */
  name: string
  text: string
}

/**
 * Announces new messages of others to screen readers, and never history. The visible list cannot be a live region,
 * because it mounts and unmounts rows while it scrolls.
 */
export function MessageAnnouncer(props: {
  messages: readonly Message[]
  byId: Map<string, Person>
  myId: string
}) {
  const { messages, byId, myId } = props
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
        ? [{ key: last.id, name: '', text: `${newMessages.length} new messages` }]
        : newMessages.map(({ id, authorId, text }) => ({
            key: id,
            name: byId.get(authorId)?.name ?? 'Someone',
            text,
          })),
    )
  }, [messages, byId, myId])

  return (
    <div aria-live="polite" className="sr-only">
      {lines.map(({ key, name, text }) => (
        <p key={key}>
          {name !== '' && (
            <>
              <bdi>{name}</bdi>:{' '}
            </>
          )}
          <bdi>{text}</bdi>
        </p>
      ))}
    </div>
  )
}
