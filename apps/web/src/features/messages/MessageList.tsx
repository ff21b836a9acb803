import type { Message, MessagePage } from '@conclave/shared/messages'
import {
  useCallback,
  useMemo,
  useRef,
  useState,
  type ComponentProps,
  type ReactElement,
  type ReactNode,
} from 'react'
import { Virtualizer } from 'virtua'
import { useLaterPart } from '../../server/use-later-part.ts'
import { Boundary } from '../../ui/Boundary.tsx'
import { Unshown } from '../../ui/Unshown.tsx'
import { useClock } from '../../ui/use-clock.ts'
import { JumpToLatest } from './JumpToLatest.tsx'
import { createRowOf, messageRows, type MessageRow, type Visit } from './message-rows.ts'
import { DayDivider, NewDivider, RoomStart } from './MessageDividers.tsx'
import { MessageItem, type TimeFormats } from './MessageItem.tsx'
import type { PendingMessage } from './pending.ts'
import { useReadAlong } from './use-read-along.ts'
import { useMessageScroll } from './use-message-scroll.ts'

interface Props {
  roomId: string
  roomName: string
  /** Shown where the room begins. */
  invitation: ReactNode
  page: MessagePage
  pending: readonly PendingMessage[]
  myId: string
  visit: Visit
  besidePanel: boolean
  loadOlder: () => void
  onRead: (seq: number) => void
  onRetry: (id: string) => void
  onDiscard: (id: string) => void
}

const loadActions = async () => (await import('./MessageActions.tsx')).MessageActions

/** The conversation, oldest at the top; only what is in view is mounted. */
export function MessageList(props: Props) {
  const { page, myId, onRetry, onDiscard } = props
  const { rows, formats } = useRows(props)
  const scroller = useRef<HTMLDivElement>(null)
  const { list, isAway, isFollowing, toEnd, ...on } = useMessageScroll({
    ...props,
    rows,
    scroller,
  })
  useReadAlong({ roomId: props.roomId, isFollowing, onRead: props.onRead })
  const shift = useGrewAtStart(rows, page.messages[0]?.seq)
  const actions = useLaterPart(loadActions)
  const unseen = useUnseen(page.messages, isAway, myId)
  // A pressed button disappears with its row, and the focus would be lost.
  const focusList = useCallback(() => scroller.current?.focus({ preventScroll: true }), [])
  const retry = useCallback((id: string) => (onRetry(id), focusList()), [onRetry, focusList])
  const discard = useCallback((id: string) => (onDiscard(id), focusList()), [onDiscard, focusList])
  const element = useElements({ ...props, formats, actions, onRetry: retry, onDiscard: discard })

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- A pane that scrolls by keyboard. */}
      <div
        ref={scroller}
        role="log"
        aria-label="Messages"
        aria-live="off"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- A pane that scrolls must be reachable by keyboard.
        tabIndex={0}
        data-region
        onKeyDown={(event) => {
          if (event.key !== 'End' || event.target !== event.currentTarget) return
          // The browser would go to where it believes the end to be before the last rows are measured.
          event.preventDefault()
          toEnd()
        }}
        className="gutters flex min-h-0 flex-1 flex-col overflow-y-auto overscroll-contain [overflow-anchor:none] focus-visible:-outline-offset-2"
      >
        <div className="grow" />
        <Virtualizer
          ref={list}
          scrollRef={scroller}
          data={rows}
          shift={shift}
          bufferSize={400}
          {...on}
        >
          {element}
        </Virtualizer>
      </div>
      {isAway && <JumpToLatest count={unseen} onJump={() => (toEnd(), focusList())} />}
    </div>
  )
}

function useRows({ page, pending, myId, visit }: Props) {
  const { now, formats } = useNow()
  const [rowOf] = useState(createRowOf)
  const rows = useMemo(
    () =>
      messageRows({
        rowOf,
        messages: page.messages,
        pending,
        myId,
        visit,
        reachesStart: page.reachesStart,
        now,
      }),
    [rowOf, page, pending, myId, visit, now],
  )
  return { rows, formats }
}

interface RowProps extends Pick<Props, 'roomName' | 'invitation' | 'onRetry' | 'onDiscard'> {
  row: MessageRow
  formats: TimeFormats
  actions: ComponentProps<typeof MessageItem>['actions']
}

type SameForAll = Omit<RowProps, 'row'>

function useElements(props: SameForAll): (row: MessageRow) => ReactElement {
  const { formats, actions, roomName, invitation, onRetry, onDiscard } = props
  return useMemo(
    () => createElementOf({ formats, actions, roomName, invitation, onRetry, onDiscard }),
    [formats, actions, roomName, invitation, onRetry, onDiscard],
  )
}

/** Of the same row the very same element, so that neither scrolling nor a new message renders it again. */
function createElementOf(same: SameForAll): (row: MessageRow) => ReactElement {
  const elements = new WeakMap<MessageRow, ReactElement>()
  return (row) => {
    const element = elements.get(row) ?? <Row key={row.key} row={row} {...same} />
    elements.set(row, element)
    return element
  }
}

function Row(props: RowProps) {
  return (
    <Boundary resetKey={props.row} fallback={Unshown}>
      <RowContent {...props} />
    </Boundary>
  )
}

function RowContent({ row, formats, actions, ...props }: RowProps) {
  switch (row.kind) {
    case 'start':
      return <RoomStart name={props.roomName}>{props.invitation}</RoomStart>
    case 'day':
      return <DayDivider label={row.label} />
    case 'new':
      return <NewDivider count={row.count} />
    case 'message':
      return (
        <MessageItem
          message={row.message}
          isFirst={row.isFirst}
          formats={formats}
          actions={actions}
          onRetry={props.onRetry}
          onDiscard={props.onDiscard}
        />
      )
  }
}

/**
 * The current time that "Today" is computed from, and the formats; made again when the day or the time zone changes.
 */
function useNow(): ReturnType<typeof nowAt> {
  const clock = useClock()
  return useMemo(() => nowAt(clock), [clock])
}

function nowAt(clock: string): { clock: string; now: Date; formats: TimeFormats } {
  return {
    clock,
    now: new Date(),
    formats: {
      time: new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' }),
      full: new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' }),
    },
  }
}

/** Whether the latest change of the rows added older messages at the top. */
function useGrewAtStart(rows: readonly MessageRow[], firstSeq: number | undefined): boolean {
  const [latest, setLatest] = useState({ rows, firstSeq, grew: false })
  if (latest.rows === rows) return latest.grew
  const grew = (firstSeq ?? 0) < (latest.firstSeq ?? 0)
  setLatest({ rows, firstSeq, grew })
  return grew
}

/** How many messages others have sent since the reader scrolled away from the end. */
function useUnseen(messages: readonly Message[], isAway: boolean, myId: string): number {
  const lastSeq = messages.at(-1)?.seq ?? 0
  const [leftAt, setLeftAt] = useState(lastSeq)
  if (!isAway && leftAt !== lastSeq) setLeftAt(lastSeq)
  return messages.filter(({ seq, authorId }) => seq > leftAt && authorId !== myId).length
}
