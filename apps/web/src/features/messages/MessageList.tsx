import type { MessagePages } from '@conclave/client/history/message-pages'
import type { MessagePage } from '@conclave/shared/messages'
import {
  useCallback,
  useMemo,
  useRef,
  useState,
  type ComponentProps,
  type ReactElement,
  type ReactNode,
  type RefObject,
} from 'react'
import { useLaterPart } from '../../server/use-later-part.ts'
import { BeforeUpdate } from '../../ui/BeforeUpdate.tsx'
import { Boundary } from '../../ui/Boundary.tsx'
import { Unshown } from '../../ui/Unshown.tsx'
import { messages } from '../../words/en/messages.en.ts'
import { t } from '../../words/say.ts'
import { CalmContext, createCalm } from './calm.ts'
import type { Mounted } from './list-range.ts'
import { JumpToLatest } from './JumpToLatest.tsx'
import { MarkedStatus, useMarked } from './MarkedMessage.tsx'
import { LineRow } from './LineRow.tsx'
import { useUnfoldsHeld } from './LongText.tsx'
import type { MessageRow, Visit } from './message-rows.ts'
import { DayDivider, NewDivider, RoomStart } from './MessageDividers.tsx'
import { MessageItem, type TimeFormats } from './MessageItem.tsx'
import type { PendingMessage } from './pending.ts'
import { createTopStore } from './top-of-view.ts'
import { TopLine } from './TopLine.tsx'
import type { Destination, PlacesLeft } from './use-destination.ts'
import { useEditedList } from './use-edited-list.ts'
import { useNewLine } from './use-new-line.ts'
import { useMessageRows } from './use-message-rows.ts'
import { useMessageScroll, useOnNext } from './use-message-scroll.ts'
import { useReadAlong } from './use-read-along.ts'

interface Props {
  roomId: string
  roomName: string
  /** Shown where the room begins. */
  invitation: ReactNode
  page: MessagePage
  pages: MessagePages
  pending: readonly PendingMessage[]
  myId: string
  visit: Visit
  /** It is loaded. */
  destination: Destination
  go: (to: Pick<Destination, 'place' | 'show'>) => void
  places: PlacesLeft
  pageKey: string
  besidePanel: boolean
  onRead: (seq: number) => void
  /** The reader goes on from where they are. */
  onScrolled: () => void
  onRetry: (id: string) => void
  onDiscard: (id: string) => void
}

const loadLater = () => import('./message-later.ts')

/** The conversation, oldest at the top; only what is in view is mounted. */
export function MessageList(props: Props) {
  const { page, myId } = props
  const scroller = useRef<HTMLDivElement>(null)
  const [calm] = useState(createCalm)
  const list = useList({ ...props, onMoved: calm.disturb }, scroller)
  const { rows, now, formats, top, mounted, isAway, view, toEnd } = list
  const marked = useMarked(props.destination, mounted)
  const later = useLaterPart(loadLater)
  const { focusList, retry, discard } = useKeptFocus(props, scroller)
  const element = useElements({
    ...props,
    formats,
    actions: later?.MessageActions,
    quote: later?.QuotedMessage,
    onRetry: retry,
    onDiscard: discard,
  })

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- A pane that scrolls by keyboard. */}
      <div
        ref={scroller}
        role="log"
        aria-label={t(messages)}
        aria-live="off"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- A pane that scrolls must be reachable by keyboard.
        tabIndex={0}
        data-region
        onKeyDown={(event) => {
          if (event.key !== 'End' || event.target !== event.currentTarget) return
          // The browser would go to the end of what is loaded.
          event.preventDefault()
          toEnd()
        }}
        className="gutters flex min-h-0 flex-1 flex-col overflow-y-auto overscroll-contain [overflow-anchor:none] focus-visible:-outline-offset-2"
      >
        <TopLine top={top} now={now} formats={formats} />
        <div className="grow" />
        <div className="shrink-0" />
        <div className="flex shrink-0 flex-col">
          <CalmContext value={calm}>
            <Rows mounted={mounted} marked={marked} element={element} />
          </CalmContext>
        </div>
        <div className="shrink-0" />
      </div>
      {isAway && (
        <JumpToLatest
          roomId={props.roomId}
          messages={page.messages}
          myId={myId}
          onJump={() => (props.onScrolled(), toEnd(), focusList())}
        />
      )}
      <BeforeUpdate onUpdate={view.aboutToChange} />
      <MarkedStatus rows={rows} seq={marked} formats={formats} />
    </div>
  )
}

/** What is shown, where that is, and how to get to its end. */
function useList(props: Props & { onMoved: () => void }, scroller: RefObject<HTMLElement | null>) {
  const { page, pending, roomId, onRead } = props
  const { line, move, moveUnseen } = useNewLine(props)
  const shown = useMessageRows({ ...props, visit: line })
  const [top] = useState(createTopStore)
  const { rows } = shown
  const { reachesEnd } = page
  const on = { onLookedAt: moveUnseen }
  const scroll = useMessageScroll({ ...props, ...on, rows, scroller, reachesEnd, top })
  const { view, isAway, isFollowing } = scroll
  const toEnd = () => {
    if (isAway) move()
    scroll.toEnd()
  }
  useEditedList(view)
  useUnfoldsHeld(view.hold)
  useReadAlong({ roomId, isFollowing, onRead })
  // Whoever sends something while they read older messages is taken to it.
  useOnNext(pending.at(-1)?.id, () => pending.length > 0 && toEnd())
  return { ...shown, ...scroll, top, toEnd }
}

function Rows(props: {
  mounted: Mounted<MessageRow>
  marked: number | undefined
  element: (row: MessageRow) => ReactElement
}) {
  const { rows, start, end } = props.mounted
  return rows.slice(start, end).map((row) => (
    // No margin of what is in a row may reach out of it.
    <div
      key={row.key}
      className="flow-root data-marked:bg-selected data-marked:outline-1 data-marked:outline-brass-line"
      data-marked={isMarked(row, props.marked) || undefined}
    >
      {props.element(row)}
    </div>
  ))
}

/** What is being sent has no seq. */
function isMarked(row: MessageRow, seq: number | undefined): boolean {
  return seq !== undefined && row.kind === 'message' && row.message.seq === seq
}

interface RowProps extends Pick<Props, 'roomName' | 'invitation' | 'onRetry' | 'onDiscard'> {
  row: MessageRow
  formats: TimeFormats
  actions: ComponentProps<typeof MessageItem>['actions']
  quote: ComponentProps<typeof MessageItem>['quote']
}

type SameForAll = Omit<RowProps, 'row'>

function useElements(props: SameForAll): (row: MessageRow) => ReactElement {
  const { formats, actions, quote, roomName, invitation, onRetry, onDiscard } = props
  return useMemo(
    () => createElementOf({ formats, actions, quote, roomName, invitation, onRetry, onDiscard }),
    [formats, actions, quote, roomName, invitation, onRetry, onDiscard],
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

function RowContent({ row, ...props }: RowProps) {
  switch (row.kind) {
    case 'start':
      return <RoomStart name={props.roomName}>{props.invitation}</RoomStart>
    case 'day':
      return <DayDivider label={row.label} />
    case 'new':
      return <NewDivider count={row.count} />
    case 'lines':
      return <LineRow messages={row.messages} />
    case 'message':
      return (
        <MessageItem
          message={row.message}
          isFirst={row.isFirst}
          formats={props.formats}
          actions={props.actions}
          quote={props.quote}
          onRetry={props.onRetry}
          onDiscard={props.onDiscard}
        />
      )
  }
}

/** A pressed button disappears with its row, and the focus would be lost. */
function useKeptFocus({ onRetry, onDiscard }: Props, scroller: RefObject<HTMLElement | null>) {
  const focusList = useCallback(() => scroller.current?.focus({ preventScroll: true }), [scroller])
  const retry = useCallback((id: string) => (onRetry(id), focusList()), [onRetry, focusList])
  const discard = useCallback((id: string) => (onDiscard(id), focusList()), [onDiscard, focusList])
  return { focusList, retry, discard }
}
