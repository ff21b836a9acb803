import type { Line, Message } from '@conclave/shared/messages'
import type { ReactNode } from 'react'
import { Button } from '../../ui/Button.tsx'
import * as words from '../../words/en/lines.en.ts'
import { someone } from '../../words/en/people.en.ts'
import { rich, t } from '../../words/say.ts'
import { usePersonName } from '../people/people.queries.ts'
import { useUnfolded } from './LongText.tsx'

/** So many in a row are shown; more are one line that can be unfolded. */
const SHOWN_MAX = 3

/** What happened in the room, in its place among the messages. */
export function LineRow({ messages }: { messages: readonly Message[] }) {
  const [first] = messages
  const [isUnfolded, toggle] = useUnfolded(first?.id ?? '')
  const isFoldable = messages.length > SHOWN_MAX
  return (
    <div className="column px-5 py-1 text-center text-small text-soft text-balance max-wide:px-4">
      {isFoldable && (
        <Button look="quiet" aria-expanded={isUnfolded} onClick={toggle}>
          {t(isEachJoined(messages) ? words.manyJoined : words.manyLines, {
            count: messages.length,
          })}
        </Button>
      )}
      {(!isFoldable || isUnfolded) &&
        messages.map(({ id, authorId, line }) => (
          <p key={id} data-message-id={id} className="written py-0.5">
            {line && <Said authorId={authorId} line={line} />}
          </p>
        ))}
    </div>
  )
}

function isEachJoined(messages: readonly Message[]): boolean {
  return messages.every(({ line }) => line?.kind === 'joined')
}

function Said({ authorId, line }: { authorId: string; line: Line }): ReactNode {
  const person = <Name id={authorId} />
  const other = <Name id={line.personId ?? authorId} />
  const text = <bdi className="font-medium">{line.text}</bdi>
  switch (line.kind) {
    case 'joined':
      return rich(words.joined, { person })
    case 'left':
      return rich(words.wentAway, { person })
    case 'added':
      return rich(words.added, { person, other })
    case 'taken-out':
      return rich(words.takenOut, { person, other })
    case 'renamed':
      return rich(words.renamed, { person, text })
    case 'topic':
      return line.text ? rich(words.topic, { person, text }) : rich(words.topicRemoved, { person })
    case 'archived':
      return rich(words.archived, { person })
    case 'restored':
      return rich(words.restored, { person })
    default:
      // Of a newer server: not among the rows (message-rows.ts).
      return null
  }
}

function Name({ id }: { id: string }) {
  return <bdi className="font-medium">{usePersonName(id) ?? t(someone)}</bdi>
}
