import { holdsMessages } from '@conclave/client/connection/connection-state'
import type { Message } from '@conclave/shared/messages'
import { memo, type ComponentType } from 'react'
import { useConnection } from '../../realtime/RealtimeProvider.tsx'
import { Button } from '../../ui/Button.tsx'
import { Initials } from '../../ui/Initials.tsx'
import { shownDate } from '../../words/dates.ts'
import * as words from '../../words/en/messages.en.ts'
import { someone } from '../../words/en/people.en.ts'
import { t } from '../../words/say.ts'
import { EditedMark } from '../edits/EditedMark.tsx'
import { useEdits } from '../edits/Edits.tsx'
import type { LiveEdits } from '../edits/live-edits.ts'
import { Tombstone } from '../edits/Tombstone.tsx'
import { useMyId } from '../people/MeProvider.tsx'
import { usePerson, usePersonName } from '../people/people.queries.ts'
import { PersonAvatar } from '../people/PersonAvatar.tsx'
import { QuoteBox } from '../quotes/QuoteBox.tsx'
import { ReactionBar } from '../reactions/Reactions.tsx'
import { useOnceCalm } from './calm.ts'
import type { ShownMessage, StoredMessage } from './message-rows.ts'
import { isForMe, MentionedBy } from './MentionOf.tsx'
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
  /** The message that one answers, once that is loaded. */
  quote: ComponentType<{ messageId: string }> | undefined
  onRetry: (id: string) => void
  onDiscard: (id: string) => void
}

/** One message; the first of a group shows the avatar and the name. */
export const MessageItem = memo(function MessageItem(props: Props) {
  const { live } = useEdits()
  return <Item {...props} live={live?.editing.has(props.message.id) ? live : undefined} />
})

/** That another message is being edited renders it not again. */
const Item = memo(function Item(props: Props & { live: LiveEdits | undefined }) {
  const { message, isFirst, formats, actions: Actions, live } = props
  const name = usePersonName(message.authorId) ?? t(someone)
  const Editor = live?.Editor
  const isMine = isForMe(message, useMyId())
  const [isCalm, completeNow] = useOnceCalm()
  // On touch they take space beside the reactions.
  const hasActions = isCalm || (message.reactions?.length ?? 0) > 0
  if (message.removed && !Editor) return <RemovedItem message={message} formats={formats} />
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- The keys of a message come next.
    <article
      aria-label={name}
      data-message-id={message.id}
      // On touch, a tap here shows what can be done with it.
      tabIndex={-1}
      onFocus={completeNow}
      className={`group column relative grid grid-cols-[2.25rem_minmax(0,1fr)] gap-x-3 px-5 py-0.5 [--behind:var(--paper)] max-wide:px-4 hover:bg-hover focus-visible:-outline-offset-2 wide:rounded-control ${isFirst ? 'mt-3' : ''} ${isMine ? 'for-me' : ''}`}
    >
      {isFirst ? (
        <span className="row-span-2 pt-0.5">
          <AuthorAvatar authorId={message.authorId} />
        </span>
      ) : (
        <When
          message={message}
          formats={formats}
          className="-ms-4 text-end text-tiny whitespace-nowrap opacity-0 group-focus-within:opacity-100 group-hover:opacity-100"
        />
      )}
      {isFirst && (
        <p className="flex min-w-0 items-baseline gap-2">
          <bdi className="written-line font-semibold">{name}</bdi>
          <When message={message} formats={formats} className="shrink-0 text-small" />
        </p>
      )}
      <div className="col-start-2 min-w-0">
        {!Editor && <QuoteBox messageId={message.replyTo} quote={props.quote} />}
        {Editor && !message.pending ? (
          <Editor message={message} live={live} />
        ) : (
          <Said message={message} isForMe={isMine} />
        )}
        {message.pending?.state === 'failed' && (
          <Failed pending={message.pending} onRetry={props.onRetry} onDiscard={props.onDiscard} />
        )}
        {!message.pending && (
          <ReactionBar messageId={message.id}>
            {Actions && !Editor && hasActions && <Actions message={message} />}
          </ReactionBar>
        )}
      </div>
    </article>
  )
})

/** What is said, and whether it was edited. */
function Said({ message, isForMe }: { message: ShownMessage; isForMe: boolean }) {
  const isSending = message.pending?.state === 'sending'
  return (
    <div
      className={`flex flex-wrap [align-items:last_baseline] gap-x-2 ${isSending ? 'text-soft' : ''}`}
    >
      {isForMe && <span className="sr-only">{t(words.mentionsYou)}</span>}
      <MentionedBy value={message}>
        <MessageText id={message.id} text={message.text} />
      </MentionedBy>
      {message.editedAt && <EditedMark message={message} editedAt={message.editedAt} />}
    </div>
  )
}

/** One line that says that there was a message, and whose. */
function RemovedItem({ message, formats }: { message: StoredMessage; formats: TimeFormats }) {
  const { id, authorId, removed } = message
  const name = usePersonName(authorId) ?? t(someone)
  return (
    <article
      aria-label={name}
      data-message-id={id}
      tabIndex={-1}
      className="column mt-1 flex items-baseline gap-x-2 px-5 py-0.5 ps-17 text-small text-soft focus-visible:-outline-offset-2 max-wide:px-4 max-wide:ps-16"
    >
      {removed && <Tombstone by={removed.by} authorId={authorId} name={name} />}
      <When message={message} formats={formats} className="shrink-0" />
    </article>
  )
}

function AuthorAvatar({ authorId }: { authorId: string }) {
  const author = usePerson(authorId)
  return author ? <PersonAvatar person={author} /> : <Initials name="?" seed="" />
}

/** Takes the same space whether it shows the time or "Sending". */
function When(props: { message: ShownMessage; formats: TimeFormats; className: string }) {
  const { message, formats, className } = props
  if (message.pending?.state === 'sending')
    return (
      <span className={`text-soft ${className} opacity-100`}>
        <Progress pending={message.pending} />
      </span>
    )
  const at = new Date(message.createdAt)
  return (
    <time
      dateTime={message.createdAt}
      title={shownDate(formats.full, at)}
      className={`text-soft tabular-nums transition-opacity duration-150 ${className}`}
    >
      {shownDate(formats.time, at)}
    </time>
  )
}

/** Agrees with what is said of the connection. */
function Progress({ pending: { waitSeconds } }: { pending: PendingMessage }) {
  if (holdsMessages(useConnection().shown)) return t(words.waiting)
  if (waitSeconds === undefined) return t(words.sending)
  return t(words.sendingIn, { seconds: waitSeconds })
}

function Failed(props: {
  pending: PendingMessage
  onRetry: (id: string) => void
  onDiscard: (id: string) => void
}) {
  const { id, reason, transient = false } = props.pending
  const isHeld = holdsMessages(useConnection().shown) && transient
  return (
    <div className="mt-1 flex flex-wrap items-center gap-x-2 text-small">
      <span className={isHeld ? 'text-soft' : 'text-danger'}>
        {isHeld ? t(words.notSentYet) : t(words.notSent, { reason: reason ?? '' })}
      </span>
      <span className="-ms-2 flex">
        <Button look="quiet" onClick={() => props.onRetry(id)}>
          {t(words.retry)}
        </Button>
        <Button look="quiet" onClick={() => props.onDiscard(id)}>
          {t(words.discard)}
        </Button>
      </span>
    </div>
  )
}
