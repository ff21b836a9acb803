import type { MessagePage } from '@conclave/shared/messages'
import type { Person } from '@conclave/shared/people'
import { listReactions, setReaction } from '@conclave/shared/reactions'
import type { Room } from '@conclave/shared/rooms'
import { SmilePlus } from 'lucide-react'
import {
  useCallback,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type ComponentProps,
} from 'react'
import { useCall } from '../../server/call.ts'
import { errorMessage } from '../../server/problem-message.ts'
import { isolated } from '../../ui/isolated.ts'
import { useNotice } from '../../ui/Notice.tsx'
import { ReactionPopups } from './ReactionPopups.tsx'
import {
  createWishes,
  isMore,
  namesOf,
  shownReactions,
  type Known,
  type ShownReaction,
  type Wishes,
} from './reactions.wishes.ts'

/** Delays before names appear under a resting pointer, and before they disappear after it left. */
const HOVER_MS = 250
const LEAVE_MS = 150

/** What the chips can do once this is loaded. */
export interface Live {
  isArchived: boolean
  /** The reactions to show, by the id of their message. */
  shown: ReadonlyMap<string, readonly ShownReaction[]>
  sentenceOf: (reaction: ShownReaction) => string
  /** The handlers of a chip: it toggles, and shows the names on hover, focus and touch. */
  chip: (messageId: string, reaction: ShownReaction) => ComponentProps<'button'>
  /** Fetches who reacted, if that is not known. */
  list: (messageId: string) => void
  /** The message that an emoji is chosen for. */
  chosenFor: string | undefined
  /** Opens the emoji for this message, or closes them. */
  choose: (choosing: Choosing | undefined) => void
}

interface Choosing {
  messageId: string
  button: HTMLElement
}

interface ShownNames {
  messageId: string
  emoji: string
  chip: HTMLElement
}

export interface ReactionsOf {
  room: Room
  page: MessagePage
  byId: ReadonlyMap<string, Person>
  myId: string
}

/** Everything interactive about reactions. Loaded after the first view, which only shows how many there are. */
export function ReactionsLive(props: ReactionsOf & { onLive: (live: Live) => void }) {
  const { room, page, myId, onLive } = props
  const { wishes, known } = useWishes(room.id)
  const { names, show, hover } = useShownNames()
  const [choosing, setChoosing] = useState<Choosing>()
  const shown = useShown(page, known, myId)
  const sentenceOf = useSentenceOf(props)
  const list = useList(wishes, page)
  const chip = useChip({ isArchived: room.archived, react: wishes.wish, list, show, hover })
  const live = useMemo<Live>(
    () => ({
      isArchived: room.archived,
      shown,
      sentenceOf,
      chip,
      list,
      chosenFor: choosing?.messageId,
      choose: (next) =>
        setChoosing((now) => (now?.messageId === next?.messageId ? undefined : next)),
    }),
    [room.archived, shown, sentenceOf, chip, list, choosing],
  )
  useLayoutEffect(() => onLive(live), [live, onLive])

  const mine = (choosing && shown.get(choosing.messageId)?.filter(({ mine }) => mine)) ?? []
  const reaction = names && shown.get(names.messageId)?.find(({ emoji }) => emoji === names.emoji)
  const all = reaction && withListed(reaction, known.get(names.messageId))
  return (
    <ReactionPopups
      choosing={choosing && { button: choosing.button, mine: mine.map(({ emoji }) => emoji) }}
      onChosen={(emoji) => {
        const reacted = !mine.some((one) => one.emoji === emoji)
        if (choosing) wishes.wish(choosing.messageId, { emoji, reacted })
        setChoosing(undefined)
      }}
      onClosed={() => setChoosing(undefined)}
      names={all && !choosing ? { chip: names.chip, text: sentenceOf(all) } : undefined}
      onKept={(isKept) => hover(isKept ? names : undefined)}
    />
  )
}

/** The button that adds a reaction: after the existing ones, or above a message that has none. */
export function AddReaction(props: { live: Live; messageId: string; look: string }) {
  const { live, messageId, look } = props
  const { isArchived, shown, chosenFor, list, choose } = live
  const reactions = shown.get(messageId) ?? []
  const isMineUnknown = reactions.some((reaction) => isMore(reaction) && !reaction.mine)
  const ask = useEffectEvent(() => list(messageId))
  useEffect(() => {
    if (isMineUnknown) ask()
  }, [isMineUnknown])
  if (isArchived) return null
  return (
    <button
      type="button"
      data-add
      aria-label="Add a reaction"
      aria-haspopup="dialog"
      aria-expanded={chosenFor === messageId}
      onClick={({ currentTarget: button }) => choose({ messageId, button })}
      className={`${look} text-soft opacity-0 transition-opacity duration-150 group-hover:opacity-100 group-has-focus-visible:opacity-100 hover:text-ink aria-expanded:opacity-100 ${reactions.length > 0 ? FOLLOWS : FLOATS}`}
    >
      <SmilePlus className="size-4" aria-hidden="true" />
    </button>
  )
}

const FOLLOWS = 'relative touch:opacity-100'
/** On touch, without hover, it appears after a tap on the message. */
const FLOATS =
  'absolute end-4 -top-3.5 touch:pointer-events-none touch:group-focus-within:pointer-events-auto touch:group-focus-within:opacity-100'

/** The reaction with everybody who is known to have reacted; the message names only the first. */
function withListed(reaction: ShownReaction, known: Known | undefined): ShownReaction {
  const listed = known?.listed?.reactions.find(({ emoji }) => emoji === reaction.emoji)
  return listed && isMore(reaction) ? { ...reaction, people: listed.people } : reaction
}

function useList(wishes: Wishes, page: MessagePage): Live['list'] {
  return useCallback(
    (messageId) => {
      const message = page.messages.find(({ id }) => id === messageId)
      void wishes.list(messageId, message?.rev ?? 0)
    },
    [wishes, page],
  )
}

function useChip(options: {
  isArchived: boolean
  react: Wishes['wish']
  list: Live['list']
  show: (names: ShownNames | undefined) => void
  hover: (names: ShownNames | undefined) => void
}): Live['chip'] {
  const { isArchived, react, list, show, hover } = options
  return useCallback(
    (messageId, reaction) => {
      const { emoji, count, mine } = reaction
      const namesOn = (chip: HTMLElement): ShownNames => {
        if (isMore(reaction)) list(messageId)
        return { messageId, emoji, chip }
      }
      return {
        'aria-disabled': isArchived || undefined,
        onClick: ({ currentTarget }) => {
          if (isArchived) return
          // A chip without reactions is removed, and its focus would be lost.
          if (mine && count === 1) focusAdd(currentTarget)
          react(messageId, { emoji, reacted: !mine })
        },
        onPointerEnter: ({ currentTarget, pointerType }) =>
          pointerType === 'mouse' && hover(namesOn(currentTarget)),
        onPointerLeave: ({ pointerType }) => pointerType === 'mouse' && hover(undefined),
        onPointerUp: ({ currentTarget, pointerType }) =>
          pointerType === 'touch' && show(namesOn(currentTarget)),
        onFocus: ({ currentTarget }) =>
          currentTarget.matches(':focus-visible') && show(namesOn(currentTarget)),
        onBlur: () => show(undefined),
      }
    },
    [isArchived, react, list, show, hover],
  )
}

function focusAdd(chip: HTMLElement): void {
  chip.parentElement?.querySelector<HTMLElement>('[data-add]')?.focus()
}

function useWishes(roomId: string): { wishes: Wishes; known: ReadonlyMap<string, Known> } {
  const call = useCall()
  const notify = useNotice()
  const [wishes] = useState(() =>
    createWishes({
      set: (messageId, body) => call(setReaction, { params: { roomId, messageId }, body }),
      list: (messageId) => call(listReactions, { params: { roomId, messageId } }),
      onRefused: ({ emoji }, error) => notify(`${emoji} was not saved. ${errorMessage(error)}`),
    }),
  )
  return { wishes, known: useSyncExternalStore(wishes.subscribe, wishes.current) }
}

function useShown(page: MessagePage, known: ReadonlyMap<string, Known>, myId: string) {
  return useMemo(() => {
    const rows = page.messages.map(
      (message) => [message.id, shownReactions(message, known.get(message.id), myId)] as const,
    )
    return new Map(rows.filter(([, reactions]) => reactions.length > 0))
  }, [page, known, myId])
}

function useSentenceOf({ byId, myId }: ReactionsOf): Live['sentenceOf'] {
  return useCallback(
    (reaction) => {
      const nameOf = (id: string) => {
        const name = byId.get(id)?.name
        return name && isolated(name)
      }
      return `${namesOf(reaction, myId, nameOf)} reacted with ${reaction.emoji}`
    },
    [byId, myId],
  )
}

/** Whose names are shown, and how to show others after a delay; Escape, scrolling and pressing hide them. */
function useShownNames(): {
  names: ShownNames | undefined
  show: (names: ShownNames | undefined) => void
  hover: (names: ShownNames | undefined) => void
} {
  const [names, setShown] = useState<ShownNames>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const show = useCallback((next: ShownNames | undefined) => {
    clearTimeout(timer.current)
    setShown(next)
  }, [])
  const hover = useCallback((next: ShownNames | undefined) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setShown(next), next ? HOVER_MS : LEAVE_MS)
  }, [])
  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    if (!names) return
    const over = new AbortController()
    const options = { capture: true, signal: over.signal }
    const hide = () => setShown(undefined)
    document.addEventListener('scroll', hide, options)
    document.addEventListener('pointerdown', hide, options)
    document.addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 'Escape') return
        // Otherwise Escape would also leave this page.
        event.preventDefault()
        hide()
      },
      options,
    )
    return () => over.abort()
  }, [names])
  return { names, show, hover }
}
