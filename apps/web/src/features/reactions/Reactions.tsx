import { SmilePlus } from 'lucide-react'
import {
  createContext,
  use,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from 'react'
import { useFirstViewShown } from '../../server/first-view.ts'
import { loadPart } from '../../server/parts.ts'
import type { Live, ReactionsLive, ReactionsOf } from './ReactionsLive.tsx'
import type { ShownReaction } from './reactions.wishes.ts'

interface Reactions {
  isArchived: boolean
  shown: ReadonlyMap<string, readonly ShownReaction[]>
  live: Live | undefined
}

const ReactionsContext = createContext<Reactions | undefined>(undefined)

/** What the messages of one room show below them; mounted anew for each room. */
export function ReactionsProvider({ children, ...of }: ReactionsOf & { children: ReactNode }) {
  const { room, page, myId } = of
  const [live, setLive] = useState<Live>()
  const part = usePart()
  const reactions = useMemo<Reactions>(() => {
    const rows = page.messages.flatMap(({ id, reactions }) =>
      reactions
        ? [[id, reactions.map((one) => ({ ...one, mine: one.people.includes(myId) }))] as const]
        : [],
    )
    return { isArchived: room.archived, shown: live?.shown ?? new Map(rows), live }
  }, [room.archived, page, myId, live])
  return (
    <ReactionsContext value={reactions}>
      {children}
      {part && <part.ReactionsLive {...of} onLive={setLive} />}
    </ReactionsContext>
  )
}

/** The reactions of one message, and the button that adds one. */
export function ReactionBar({ messageId }: { messageId: string }) {
  const { isArchived, shown, live } = useReactions()
  const reactions = shown.get(messageId) ?? []
  const add = useRef<HTMLButtonElement>(null)
  const isMineUnknown = reactions.some(({ people, count, mine }) => count > people.length && !mine)
  const ask = useEffectEvent(() => live?.list(messageId))
  useEffect(() => {
    if (isMineUnknown) ask()
  }, [isMineUnknown, !live])

  return (
    <div className={reactions.length > 0 ? 'flex flex-wrap gap-1 pt-1 pb-0.5 touch:gap-2' : ''}>
      {reactions.map((reaction) => (
        <Chip
          key={reaction.emoji}
          messageId={messageId}
          reaction={reaction}
          // A chip goes with the last who reacted, and the focus with that.
          onGone={() => add.current?.focus()}
        />
      ))}
      {!isArchived && (
        <button
          ref={add}
          type="button"
          aria-label="Add a reaction"
          aria-haspopup="dialog"
          aria-expanded={live?.chosenFor === messageId}
          onClick={({ currentTarget: button }) => live?.choose({ messageId, button })}
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
  const { isArchived, live } = useReactions()
  const { emoji, count, mine } = reaction
  const isQuiet = isArchived || !live

  function told(chip: HTMLElement) {
    if (count > reaction.people.length) live?.list(messageId)
    return { messageId, emoji, chip }
  }

  function toggle(): void {
    if (isQuiet) return
    if (mine && count === 1) onGone()
    live.react(messageId, { emoji, reacted: !mine })
  }

  return (
    <button
      type="button"
      aria-pressed={mine}
      aria-disabled={isQuiet || undefined}
      onClick={toggle}
      onPointerEnter={({ currentTarget, pointerType }) =>
        pointerType === 'mouse' && live?.hover(told(currentTarget))
      }
      onPointerLeave={({ pointerType }) => pointerType === 'mouse' && live?.hover(undefined)}
      onPointerUp={({ currentTarget, pointerType }) =>
        pointerType === 'touch' && live?.tell(told(currentTarget))
      }
      onFocus={({ currentTarget }) =>
        currentTarget.matches(':focus-visible') && live?.tell(told(currentTarget))
      }
      onBlur={() => live?.tell(undefined)}
      className={`relative ${CHIP} aria-pressed:border-brass aria-pressed:bg-selected forced-colors:aria-pressed:outline-2 forced-colors:aria-pressed:-outline-offset-2`}
    >
      <span className="text-body">{emoji}</span>
      <span>{count.toLocaleString('en')}</span>
      {live && <span className="sr-only">{live.sentenceOf(reaction)}</span>}
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

function useReactions(): Reactions {
  const reactions = use(ReactionsContext)
  if (!reactions) throw new Error('useReactions needs a ReactionsProvider above it')
  return reactions
}

function usePart(): { ReactionsLive: typeof ReactionsLive } | undefined {
  const isShown = useFirstViewShown()
  const [part, setPart] = useState<{ ReactionsLive: typeof ReactionsLive }>()
  useEffect(() => {
    if (!isShown) return
    const stop = new AbortController()
    loadPart(
      () => import('./ReactionsLive.tsx'),
      () => undefined,
      stop.signal,
    ).then(setPart, () => undefined)
    return () => stop.abort()
  }, [isShown])
  return part
}
