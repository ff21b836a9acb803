import type { MessagePage } from '@conclave/shared/messages'
import type { Person } from '@conclave/shared/people'
import { listReactions, setReaction } from '@conclave/shared/reactions'
import type { Room } from '@conclave/shared/rooms'
import { SmilePlus } from 'lucide-react'
import {
  createContext,
  use,
  useCallback,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react'
import { useCall } from '../../server/call.ts'
import { useFirstViewShown } from '../../server/first-view.ts'
import { loadPart } from '../../server/parts.ts'
import { errorMessage } from '../../server/problem-message.ts'
import { isolated } from '../../ui/isolated.ts'
import { useNotice } from '../../ui/Notice.tsx'
import type { ReactionPopups } from './ReactionPopups.tsx'
import {
  createWishes,
  namesOf,
  shownReactions,
  type Known,
  type ShownReaction,
} from './reactions.wishes.ts'

/** The pointer stays for a moment before names appear, and has a moment to come to them. */
const HOVER_MS = 250
const LEAVE_MS = 150

/** Whose names are shown. */
interface Told {
  messageId: string
  emoji: string
  chip: HTMLElement
}

/** For which message an emoji is chosen, and by which button. */
interface Choosing {
  messageId: string
  button: HTMLElement
}

interface Reactions {
  isArchived: boolean
  /** What is shown below each message that has any. */
  shown: ReadonlyMap<string, ShownReaction[]>
  known: ReadonlyMap<string, Known>
  /** The message that an emoji is chosen for. */
  chosenFor: string | undefined
  sentenceOf: (reaction: ShownReaction) => string
  react: (messageId: string, reaction: { emoji: string; reacted: boolean }) => void
  /** Asks who reacted, if they are more than the message names. */
  list: (messageId: string) => void
  /** Opens the emoji for this message, or closes them. */
  choose: (choosing: Choosing | undefined) => void
  /** Shows these names after a while, or none. */
  tell: (told: Told | undefined, afterMs?: number) => void
}

const ReactionsContext = createContext<Reactions | undefined>(undefined)

/** What the messages of one room show below them; mounted anew for each room. */
export function ReactionsProvider(props: {
  room: Room
  page: MessagePage
  byId: ReadonlyMap<string, Person>
  myId: string
  children: ReactNode
}) {
  const { room, page, byId, myId, children } = props
  const { wishes, known } = useWishes(room.id)
  const [told, tell] = useTold()
  const [choosing, setChoosing] = useState<Choosing>()
  const shown = useMemo(() => {
    const rows = page.messages.map(
      (message) => [message.id, shownReactions(message, known.get(message.id), myId)] as const,
    )
    return new Map(rows.filter(([, reactions]) => reactions.length > 0))
  }, [page, known, myId])
  const reactions = useMemo<Reactions>(() => {
    const revs = new Map(page.messages.map(({ id, rev }) => [id, rev]))
    const nameOf = (id: string) => {
      const name = byId.get(id)?.name
      return name && isolated(name)
    }
    return {
      isArchived: room.archived,
      shown,
      known,
      chosenFor: choosing?.messageId,
      sentenceOf: (reaction) => `${namesOf(reaction, myId, nameOf)} reacted with ${reaction.emoji}`,
      react: wishes.wish,
      list: (messageId) => void wishes.list(messageId, revs.get(messageId) ?? 0),
      choose: (next) =>
        setChoosing((now) => (now?.messageId === next?.messageId ? undefined : next)),
      tell,
    }
  }, [room.archived, page, shown, known, choosing, byId, myId, wishes, tell])

  return (
    <ReactionsContext value={reactions}>
      {children}
      <Popups choosing={choosing} told={told} />
    </ReactionsContext>
  )
}

/** The reactions of one message, and the button that adds one. */
export function ReactionBar({ messageId }: { messageId: string }) {
  const { isArchived, shown, chosenFor, list, choose } = useReactions()
  const reactions = shown.get(messageId) ?? NONE
  const add = useRef<HTMLButtonElement>(null)
  const isMineUnknown = reactions.some((reaction) => isMore(reaction) && !reaction.mine)
  const asked = useEffectEvent(() => list(messageId))
  useEffect(() => {
    if (isMineUnknown) asked()
  }, [isMineUnknown])

  return (
    <div className={reactions.length > 0 ? 'flex flex-wrap gap-1 pt-1 pb-0.5 touch:gap-2' : ''}>
      {reactions.map((reaction) => (
        <Chip
          key={reaction.emoji}
          messageId={messageId}
          reaction={reaction}
          // What is pressed goes with the last who reacted, and the focus with that.
          onGone={() => add.current?.focus()}
        />
      ))}
      {!isArchived && (
        <button
          ref={add}
          type="button"
          aria-label="Add a reaction"
          aria-haspopup="dialog"
          aria-expanded={chosenFor === messageId}
          onClick={({ currentTarget: button }) => choose({ messageId, button })}
          className={`${CHIP} ${APPEARS} text-soft hover:text-ink ${reactions.length > 0 ? FOLLOWS : FLOATS}`}
        >
          <SmilePlus className="size-4" aria-hidden="true" />
        </button>
      )}
    </div>
  )
}

function Chip(props: { messageId: string; reaction: ShownReaction; onGone: () => void }) {
  const { messageId, reaction, onGone } = props
  const { isArchived, sentenceOf, react, list, tell } = useReactions()
  const { emoji, count, mine } = reaction

  function tellBy(chip: HTMLElement, afterMs: number): void {
    if (isMore(reaction)) list(messageId)
    tell({ messageId, emoji, chip }, afterMs)
  }

  return (
    <button
      type="button"
      aria-pressed={mine}
      aria-disabled={isArchived || undefined}
      onClick={({ currentTarget, nativeEvent }) => {
        const isTouch = nativeEvent instanceof PointerEvent && nativeEvent.pointerType === 'touch'
        if (isTouch) tellBy(currentTarget, 0)
        if (isArchived) return
        if (mine && count === 1) onGone()
        react(messageId, { emoji, reacted: !mine })
      }}
      onPointerEnter={({ currentTarget, pointerType }) =>
        pointerType === 'mouse' && tellBy(currentTarget, HOVER_MS)
      }
      onPointerLeave={({ pointerType }) => pointerType === 'mouse' && tell(undefined, LEAVE_MS)}
      onFocus={({ currentTarget }) =>
        currentTarget.matches(':focus-visible') && tellBy(currentTarget, 0)
      }
      onBlur={() => tell(undefined)}
      className={`relative ${CHIP} aria-pressed:border-brass aria-pressed:bg-selected forced-colors:aria-pressed:outline-2 forced-colors:aria-pressed:-outline-offset-2`}
    >
      <span className="text-body">{emoji}</span>
      <span>{count.toLocaleString('en')}</span>
      <span className="sr-only">, {sentenceOf(reaction)}</span>
    </button>
  )
}

const CHIP =
  'inline-flex h-7 min-w-9 items-center justify-center gap-1.5 rounded-full border border-line bg-paper px-2 text-small tabular-nums hover:border-line-strong aria-disabled:cursor-default touch:h-9 touch:min-w-11 touch:after:absolute touch:after:-inset-1'
const APPEARS =
  'opacity-0 transition-opacity duration-150 group-hover:opacity-100 group-has-focus-visible:opacity-100 aria-expanded:opacity-100'
const FOLLOWS = 'relative touch:opacity-100'
/** On touch, where nothing hovers, it is there once somebody has tapped the message. */
const FLOATS =
  'absolute end-4 -top-3.5 touch:pointer-events-none touch:group-focus-within:pointer-events-auto touch:group-focus-within:opacity-100'
const NONE: ShownReaction[] = []

/** Whether more people reacted than are named. */
function isMore({ people, count }: ShownReaction): boolean {
  return count > people.length
}

/** What floats above the messages, once it is here. */
function Popups({ choosing, told }: { choosing: Choosing | undefined; told: Told | undefined }) {
  const { shown, known, sentenceOf, react, choose, tell } = useReactions()
  const loaded = useLoaded()
  if (!loaded) return null

  const mine = (shown.get(choosing?.messageId ?? '') ?? NONE)
    .filter(({ mine }) => mine)
    .map(({ emoji }) => emoji)
  const one = told && shown.get(told.messageId)?.find(({ emoji }) => emoji === told.emoji)
  const listed = told && known.get(told.messageId)?.listed?.reactions
  const people = listed?.find(({ emoji }) => emoji === told?.emoji)?.people
  const text = one && sentenceOf(people && isMore(one) ? { ...one, people } : one)
  return (
    <loaded.Popups
      choosing={choosing && { button: choosing.button, mine }}
      onChosen={(emoji) => {
        if (choosing) react(choosing.messageId, { emoji, reacted: !mine.includes(emoji) })
        choose(undefined)
      }}
      onClosed={() => choose(undefined)}
      told={told && text && !choosing ? { chip: told.chip, text } : undefined}
      onKept={(isKept) => tell(isKept ? told : undefined, LEAVE_MS)}
    />
  )
}

function useReactions(): Reactions {
  const reactions = use(ReactionsContext)
  if (!reactions) throw new Error('useReactions needs a ReactionsProvider above it')
  return reactions
}

function useWishes(roomId: string) {
  const call = useCall()
  const notify = useNotice()
  const [wishes] = useState(() =>
    createWishes({
      set: (messageId, body) => call(setReaction, { params: { roomId, messageId }, body }),
      list: (messageId) => call(listReactions, { params: { roomId, messageId } }),
      onRefused: ({ emoji }, error) => notify(`${emoji} was not saved. ${errorMessage(error)}`),
    }),
  )
  const known = useSyncExternalStore(wishes.subscribe, wishes.current)
  return { wishes, known }
}

/** Whose names are shown, and how to show others after a while; Escape and scrolling take them away. */
function useTold(): [Told | undefined, Reactions['tell']] {
  const [told, setTold] = useState<Told>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const tell = useCallback((next: Told | undefined, afterMs = 0) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setTold(next), afterMs)
  }, [])
  useEffect(() => {
    if (!told) return
    const over = new AbortController()
    const { signal } = over
    const hide = () => setTold(undefined)
    document.addEventListener('scroll', hide, { capture: true, signal })
    document.addEventListener('pointerdown', hide, { capture: true, signal })
    document.addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 'Escape') return
        // Escape would also go back from here, and one thing a key is enough.
        event.preventDefault()
        hide()
      },
      { capture: true, signal },
    )
    return () => over.abort()
  }, [told])
  useEffect(() => () => clearTimeout(timer.current), [])
  return [told, tell]
}

function useLoaded(): { Popups: typeof ReactionPopups } | undefined {
  const isShown = useFirstViewShown()
  const [loaded, setLoaded] = useState<{ Popups: typeof ReactionPopups }>()
  useEffect(() => {
    if (!isShown) return
    const stop = new AbortController()
    loadPart(
      async () => (await import('./ReactionPopups.tsx')).ReactionPopups,
      () => undefined,
      stop.signal,
    ).then(
      (Popups) => setLoaded({ Popups }),
      () => undefined,
    )
    return () => stop.abort()
  }, [isShown])
  return loaded
}
