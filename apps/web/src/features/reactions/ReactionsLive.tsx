import { useEffect, useLayoutEffect, useMemo, useState } from 'react'
import type { Choosing, Live, ReactionsOf } from './live.ts'
import { ReactionPopups } from './ReactionPopups.tsx'
import { messageElement } from '../../ui/focus-back.ts'
import { isMore, type Known, type ShownReaction } from './reactions.wishes.ts'
import { useChip } from './use-chip.ts'
import { useNames } from './use-names.ts'
import { useSentenceOf, useShownReactions } from './use-shown-reactions.ts'

/** Everything that can be done with reactions. Loaded after the first view, which only shows how many there are. */
export function ReactionsLive(props: ReactionsOf & { onLive: (live: Live) => void }) {
  const { onLive } = props
  const { archived: isArchived } = props.room
  const { shown, list, known, wishes } = useShownReactions(props)
  const { named, show, hover } = useNames()
  const { choosing, setChoosing, choose, chooseNoMore } = useChoosing()
  const sentenceOf = useSentenceOf({ shown, known, myId: props.myId })
  const chip = useChip({ isArchived, wish: wishes.wish, list, show, hover })
  const chosenFor = choosing?.messageId
  const live = useMemo<Live>(
    () => ({ isArchived, shown, sentenceOf, chip, list, chosenFor, choose, chooseNoMore }),
    [isArchived, shown, sentenceOf, chip, list, chosenFor, choose, chooseNoMore],
  )
  useLayoutEffect(() => onLive(live), [live, onLive])

  const mine = (choosing && shown.get(choosing.messageId)?.filter(({ mine }) => mine)) ?? []
  const reaction = named && shown.get(named.messageId)?.find(({ emoji }) => emoji === named.emoji)
  const complete = reaction && withListed(reaction, known.get(named.messageId))
  const isGone = named !== undefined && !reaction
  useEffect(() => {
    // Otherwise its names would come back with the next chip of this emoji, in the place of the old one.
    if (isGone) show(undefined)
  }, [isGone, show])
  return (
    <ReactionPopups
      choosing={choosing && { ...choosing, mine: mine.map(({ emoji }) => emoji) }}
      onChosen={(emoji) => {
        const reacted = !mine.some((one) => one.emoji === emoji)
        if (choosing) wishes.wish(choosing.messageId, { emoji, reacted })
        setChoosing(undefined)
      }}
      onClosed={() => setChoosing(undefined)}
      names={complete && !choosing ? { chip: named.chip, text: sentenceOf(complete) } : undefined}
      onKept={(isKept) => hover(isKept ? named : undefined)}
    />
  )
}

/** For which message an emoji is being chosen, if for any. */
function useChoosing() {
  const [choosing, setChoosing] = useState<Choosing>()
  const [{ choose, chooseNoMore }] = useState(() => ({
    choose: (next: Choosing) =>
      setChoosing((now) => (now?.messageId === next.messageId ? undefined : next)),
    chooseNoMore: (messageId: string) =>
      setChoosing((now) => (now?.messageId === messageId ? undefined : now)),
  }))
  useClosedOutOfView(choosing, chooseNoMore)
  return { choosing, setChoosing, choose, chooseNoMore }
}

/** What stays open for a message that nobody sees any more looks as if it were for another. */
function useClosedOutOfView(choosing: Choosing | undefined, close: (messageId: string) => void) {
  useEffect(() => {
    const row = choosing && messageElement(choosing.messageId)
    if (!row) return
    const inView = new IntersectionObserver((entries) => {
      if (!entries.at(-1)?.isIntersecting) close(choosing.messageId)
    })
    inView.observe(row)
    return () => inView.disconnect()
  }, [choosing, close])
}

/** With everybody who is known to have reacted, where the message names only the first. */
function withListed(reaction: ShownReaction, known: Known | undefined): ShownReaction {
  const listed = known?.listed?.reactions.find(({ emoji }) => emoji === reaction.emoji)
  return listed && isMore(reaction) ? { ...reaction, people: listed.people } : reaction
}
