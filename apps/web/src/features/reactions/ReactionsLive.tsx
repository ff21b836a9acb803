import type { MessagePage } from '@conclave/shared/messages'
import { listReactions, setReaction } from '@conclave/shared/reactions'
import { useQueryClient } from '@tanstack/react-query'
import { SmilePlus } from 'lucide-react'
import {
  useCallback,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useState,
  useSyncExternalStore,
  type ComponentProps,
} from 'react'
import { useCall } from '../../server/call.ts'
import { errorMessage } from '../../server/problem-message.ts'
import { isolated } from '../../ui/isolated.ts'
import { useNotice } from '../../ui/Notice.tsx'
import { useNames } from '../people/people.queries.ts'
import type { RoomInfo } from '../rooms/rooms.queries.ts'
import { ReactionPopups, type Place } from './ReactionPopups.tsx'
import {
  isMore,
  namesOf,
  shownReactions,
  type Known,
  type ShownReaction,
  type Wishes,
  wishesIn,
} from './reactions.wishes.ts'
import { useTold, type Told } from './use-told.ts'

/** What the chips can do once this is here. */
export interface Live {
  isArchived: boolean
  /** What is shown below each message that has any. */
  shown: ReadonlyMap<string, readonly ShownReaction[]>
  sentenceOf: (reaction: ShownReaction) => string
  /** What a chip does: it toggles, and shows the names to a pointer, to the focus and to a finger. */
  chip: (messageId: string, reaction: ShownReaction) => ComponentProps<'button'>
  /** Asks who reacted, if that is not known. */
  list: (messageId: string) => void
  /** The message that an emoji is chosen for. */
  chosenFor: string | undefined
  /** Opens the emoji for this message, or closes them. */
  choose: (choosing: Choosing) => void
  /** Closes the emoji, if they are chosen for this message. */
  chooseNoMore: (messageId: string) => void
}

interface Choosing {
  messageId: string
  button: HTMLElement
  /** Where the button was: the emoji stay there while others write, so that nobody hits another than they aimed at. */
  place: Place
}

export interface ReactionsOf {
  room: RoomInfo
  page: MessagePage
  myId: string
}

/** All that is done with reactions. Loaded after the first view, which only shows how many there are. */
export function ReactionsLive(props: ReactionsOf & { onLive: (live: Live) => void }) {
  const { room, page, myId, onLive } = props
  const { wishes, known } = useWishes(room.id)
  const { told, tell, hover } = useTold()
  const [choosing, setChoosing] = useState<Choosing>()
  const shown = useShown(page, known, myId)
  const sentenceOf = useSentenceOf(shown, myId)
  const list = useList(wishes, page)
  const chip = useChip({ isArchived: room.archived, react: wishes.wish, list, tell, hover })
  const live = useMemo<Live>(
    () => ({
      isArchived: room.archived,
      shown,
      sentenceOf,
      chip,
      list,
      chosenFor: choosing?.messageId,
      choose: (next) =>
        setChoosing((now) => (now?.messageId === next.messageId ? undefined : next)),
      chooseNoMore: (messageId) =>
        setChoosing((now) => (now?.messageId === messageId ? undefined : now)),
    }),
    [room.archived, shown, sentenceOf, chip, list, choosing],
  )
  useLayoutEffect(() => onLive(live), [live, onLive])

  const mine = (choosing && shown.get(choosing.messageId)?.filter(({ mine }) => mine)) ?? []
  const reaction = told && shown.get(told.messageId)?.find(({ emoji }) => emoji === told.emoji)
  const all = reaction && withListed(reaction, known.get(told.messageId))
  const isGone = told !== undefined && !reaction
  useEffect(() => {
    // Otherwise its names would come back with another chip, wherever that one was.
    if (isGone) tell(undefined)
  }, [isGone, tell])
  return (
    <ReactionPopups
      choosing={choosing && { ...choosing, mine: mine.map(({ emoji }) => emoji) }}
      onChosen={(emoji) => {
        const reacted = !mine.some((one) => one.emoji === emoji)
        if (choosing) wishes.wish(choosing.messageId, { emoji, reacted })
        setChoosing(undefined)
      }}
      onClosed={() => setChoosing(undefined)}
      told={all && !choosing ? { chip: told.chip, text: sentenceOf(all) } : undefined}
      onKept={(isKept) => hover(isKept ? told : undefined)}
    />
  )
}

/** The button that adds a reaction, at one place for a pointer; where fingers are, after those that there are. */
export function AddReaction(props: { live: Live; messageId: string; look: string }) {
  const { live, messageId, look } = props
  const { isArchived, shown, chosenFor, list, choose, chooseNoMore } = live
  const reactions = shown.get(messageId) ?? []
  const isFirst = reactions.length === 0
  const isMineUnknown = reactions.some((reaction) => isMore(reaction) && !reaction.mine)
  const ask = useEffectEvent(() => list(messageId))
  useEffect(() => {
    if (isMineUnknown) ask()
  }, [isMineUnknown])
  const isOpen = chosenFor === messageId
  // A message that is scrolled far away is unmounted.
  const close = useEffectEvent(() => chooseNoMore(messageId))
  useEffect(() => (isOpen ? close : undefined), [isOpen])
  if (isArchived) return null
  return (
    <div className={`${PLACE} ${isFirst ? '' : 'touch:static'}`}>
      <button
        type="button"
        data-add
        aria-label="Add a reaction"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={({ currentTarget: button }) =>
          choose({ messageId, button, place: placeOf(button) })
        }
        className={`${look} pointer-events-auto sticky top-1 text-soft opacity-0 transition-opacity duration-150 group-hover:opacity-100 group-has-focus-visible:opacity-100 hover:text-ink aria-expanded:opacity-100 ${isFirst ? ONCE_TAPPED : 'touch:opacity-100'}`}
      >
        <SmilePlus className="size-4" aria-hidden="true" />
      </button>
    </div>
  )
}

/** At the upper edge of the message, and in view for as long as that is. */
const PLACE = 'pointer-events-none absolute end-4 -top-3.5 bottom-0'
/** On touch, where nothing hovers. */
const ONCE_TAPPED =
  'touch:pointer-events-none touch:group-focus-within:pointer-events-auto touch:group-focus-within:opacity-100'
function placeOf(button: HTMLElement): Place {
  const place = button.getBoundingClientRect()
  return { getBoundingClientRect: () => place }
}

/** With everybody who is known to have reacted, where the message names only the first. */
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

function useChip(given: {
  isArchived: boolean
  react: Wishes['wish']
  list: Live['list']
  tell: (told: Told | undefined) => void
  hover: (told: Told | undefined) => void
}): Live['chip'] {
  const { isArchived, react, list, tell, hover } = given
  return useCallback(
    (messageId, reaction) => {
      const { emoji, mine } = reaction
      const told = (chip: HTMLElement): Told => {
        if (isMore(reaction)) list(messageId)
        return { messageId, emoji, chip }
      }
      return {
        ref: keepFocus,
        'aria-disabled': isArchived || undefined,
        onClick: () => {
          if (isArchived) return
          react(messageId, { emoji, reacted: !mine })
        },
        onPointerEnter: ({ currentTarget, pointerType }) =>
          pointerType === 'mouse' && hover(told(currentTarget)),
        onPointerLeave: ({ pointerType }) => pointerType === 'mouse' && hover(undefined),
        onPointerUp: ({ currentTarget, pointerType }) =>
          pointerType === 'touch' && tell(told(currentTarget)),
        onFocus: ({ currentTarget }) =>
          currentTarget.matches(':focus-visible') && tell(told(currentTarget)),
        onBlur: () => tell(undefined),
      }
    },
    [isArchived, react, list, tell, hover],
  )
}

/** A chip goes with the last who reacted, whoever that was, and would take the focus along. */
function keepFocus(chip: HTMLElement | null): () => void {
  const bar = chip?.parentElement
  return () => {
    if (!chip || chip !== document.activeElement) return
    const next = bar?.querySelector<HTMLElement>('[data-add]') ?? bar?.closest('article')
    next?.focus({ preventScroll: true })
  }
}

function useWishes(roomId: string): { wishes: Wishes; known: ReadonlyMap<string, Known> } {
  const call = useCall()
  const notify = useNotice()
  const queryClient = useQueryClient()
  const [wishes] = useState(() =>
    wishesIn(queryClient, roomId, {
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

function useSentenceOf(shown: Live['shown'], myId: string): Live['sentenceOf'] {
  const people = useSame([
    ...new Set([...shown.values()].flatMap((all) => all.flatMap((one) => one.people))),
  ])
  const nameOf = useNames(people)
  return useCallback(
    (reaction) => {
      const isolatedNameOf = (id: string) => {
        const name = nameOf(id)
        return name && isolated(name)
      }
      return `${namesOf(reaction, myId, isolatedNameOf)} reacted with ${reaction.emoji}`
    },
    [nameOf, myId],
  )
}

/** The same list as before while it has the same entries. */
function useSame(list: string[]): string[] {
  const [same, setSame] = useState(list)
  if (list.length === same.length && list.every((entry, nth) => entry === same[nth])) return same
  setSame(list)
  return list
}
