import type { Message } from '@conclave/shared/messages'
import { SmilePlus } from 'lucide-react'
import { useEffect, useEffectEvent } from 'react'
import { focusKept } from '../../ui/focus-back.ts'
import { ActionButton } from '../messages/ActionButton.tsx'
import type { Live, Place } from './live.ts'
import { useLiveReactions } from './Reactions.tsx'
import { isMore } from './reactions.wishes.ts'
import { addReaction } from '../../words/en/reactions.en.ts'
import { t } from '../../words/say.ts'

/** The button that opens the emoji for this message; nothing in an archived room, or before the emoji are loaded. */
export function AddReaction({ message }: { message: Message }) {
  const live = useLiveReactions()
  return live && <OpenEmoji live={live} messageId={message.id} />
}

function OpenEmoji({ live, messageId }: { live: Live; messageId: string }) {
  const { isArchived, shown, chosenFor, list, choose, chooseNoMore } = live
  const reactions = shown.get(messageId) ?? []
  const isMineUnknown = reactions.some((reaction) => isMore(reaction) && !reaction.mine)
  const fetchMine = useEffectEvent(() => list(messageId))
  useEffect(() => {
    if (isMineUnknown) fetchMine()
  }, [isMineUnknown])
  const isOpen = chosenFor === messageId
  // A message that is scrolled far away is unmounted.
  const close = useEffectEvent(() => chooseNoMore(messageId))
  useEffect(() => (isOpen ? close : undefined), [isOpen])
  if (isArchived) return null
  return (
    <ActionButton
      data-add
      label={t(addReaction)}
      icon={SmilePlus}
      isKept={reactions.length > 0}
      aria-haspopup="dialog"
      aria-expanded={isOpen}
      onClick={({ currentTarget: button }) =>
        choose({
          messageId,
          button,
          place: placeOf(button),
          goBack: focusKept(document.activeElement),
        })
      }
    />
  )
}

function placeOf(button: HTMLElement): Place {
  const place = button.getBoundingClientRect()
  return { getBoundingClientRect: () => place }
}
