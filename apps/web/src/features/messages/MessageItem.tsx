import type { Message } from '@conclave/shared/messages'
import { memo, type ComponentType } from 'react'
import { Button } from '../../ui/Button.tsx'
import { Initials } from '../../ui/Initials.tsx'
import { shown } from '../../ui/local-day.ts'
import { usePerson, usePersonName } from '../people/people.queries.ts'
import { PersonAvatar } from '../people/PersonAvatar.tsx'
import { ReactionBar } from '../reactions/Reactions.tsx'
import type { ShownMessage } from './message-rows.ts'
import { MessageText } from './MessageText.tsx'
import type { PendingMessage } from './pending.ts'

/** How to format times for this reader, in their language and time zone. */
export interface TimeFormats {
  time: Intl.DateTimeFormat
  full: Intl.DateTimeFormat
}

interface Props {
  message: ShownMessage
  isFirst: boolean
  formats: TimeFormats
  /** What can be done with a message, once that is loaded. */
  actions: ComponentType<{ message: Message }> | undefined
  onRetry: (id: string) => void
  onDiscard: (id: string) => void
}

/** One message; the first of a group shows the avatar and the name. */
export const MessageItem = memo(function MessageItem(props: Props) {
  const { message, isFirst, formats, actions: Actions } = props
  const name = usePersonName(message.authorId) ?? 'Someone'
  const isSending = message.pending?.state === 'sending'
  return (
    <article
      aria-label={name}
      data-message-id={message.id}
      // On touch, a tap here shows what can be done with it.
      tabIndex={-1}
      className={`group column relative grid grid-cols-[2.25rem_minmax(0,1fr)] gap-x-3 px-5 py-0.5 [--behind:var(--paper)] max-wide:px-4 hover:bg-hover wide:rounded-control ${isFirst ? 'mt-3' : ''}`}
    >
      {isFirst ? (
        <span className="row-span-2 pt-0.5">
          <AuthorAvatar authorId={message.authorId} />
        </span>
      ) : (
        <When
          message={message}
          formats={formats}
          className="-ml-4 text-right text-tiny whitespace-nowrap opacity-0 group-focus-within:opacity-100 group-hover:opacity-100"
        />
      )}
      {isFirst && (
        <p className="flex min-w-0 items-baseline gap-2">
          <bdi className="written-line font-semibold">{name}</bdi>
          <When message={message} formats={formats} className="shrink-0 text-small" />
        </p>
      )}
      <div className="col-start-2 min-w-0">
        <div className={isSending ? 'opacity-65' : ''}>
          <MessageText text={message.text} />
        </div>
        {message.pending?.state === 'failed' && (
          <Failed pending={message.pending} onRetry={props.onRetry} onDiscard={props.onDiscard} />
        )}
        {!message.pending && (
          <ReactionBar messageId={message.id}>
            {Actions && <Actions message={message} />}
          </ReactionBar>
        )}
      </div>
    </article>
  )
})

function AuthorAvatar({ authorId }: { authorId: string }) {
  const author = usePerson(authorId)
  return author ? <PersonAvatar person={author} /> : <Initials name="?" seed="" />
}

/** Takes the same space whether it shows the time or "Sending". */
function When(props: { message: ShownMessage; formats: TimeFormats; className: string }) {
  const { message, formats, className } = props
  if (message.pending?.state === 'sending') {
    const { waitSeconds } = message.pending
    return (
      <span className={`text-soft ${className} opacity-100`}>
        {waitSeconds === undefined ? 'Sending' : `Sending in ${waitSeconds} s`}
      </span>
    )
  }
  const at = new Date(message.createdAt)
  return (
    <time
      dateTime={message.createdAt}
      title={shown(formats.full, at)}
      className={`text-soft tabular-nums transition-opacity duration-150 ${className}`}
    >
      {shown(formats.time, at)}
    </time>
  )
}

function Failed(props: {
  pending: PendingMessage
  onRetry: (id: string) => void
  onDiscard: (id: string) => void
}) {
  const { id, reason } = props.pending
  return (
    <div className="mt-1 flex flex-wrap items-center gap-x-2 text-small">
      <span className="text-danger">Not sent. {reason}</span>
      <span className="-ml-2 flex">
        <Button look="quiet" onClick={() => props.onRetry(id)}>
          Retry
        </Button>
        <Button look="quiet" onClick={() => props.onDiscard(id)}>
          Delete
        </Button>
      </span>
    </div>
  )
}
