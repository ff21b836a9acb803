import { useCallback } from 'react'
import type { Live } from './live.ts'
import { isMore, type Wishes } from './reactions.wishes.ts'
import type { NamedChip } from './use-names.ts'

/** The props of a chip: a press toggles it; hover, keyboard focus and touch show its names. */
export function useChip(options: {
  isArchived: boolean
  wish: Wishes['wish']
  list: Live['list']
  show: (chip: NamedChip | undefined) => void
  hover: (chip: NamedChip | undefined) => void
}): Live['chip'] {
  const { isArchived, wish, list, show, hover } = options
  return useCallback(
    (messageId, reaction) => {
      const { emoji, mine } = reaction
      const named = (chip: HTMLElement): NamedChip => {
        if (isMore(reaction)) list(messageId)
        return { messageId, emoji, chip }
      }
      return {
        ref: keepFocus,
        'aria-disabled': isArchived || undefined,
        onClick: () => {
          if (!isArchived) wish(messageId, { emoji, reacted: !mine })
        },
        onPointerEnter: ({ currentTarget, pointerType }) =>
          pointerType === 'mouse' && hover(named(currentTarget)),
        onPointerLeave: ({ pointerType }) => pointerType === 'mouse' && hover(undefined),
        onPointerUp: ({ currentTarget, pointerType }) =>
          pointerType === 'touch' && show(named(currentTarget)),
        onFocus: ({ currentTarget }) =>
          currentTarget.matches(':focus-visible') && show(named(currentTarget)),
        onBlur: () => show(undefined),
      }
    },
    [isArchived, wish, list, show, hover],
  )
}

/** Moves the focus on when its chip is removed, which happens when the last person takes their reaction back. */
function keepFocus(chip: HTMLElement | null): () => void {
  const bar = chip?.parentElement
  return () => {
    if (!chip || chip !== document.activeElement) return
    const next = bar?.querySelector<HTMLElement>('[data-add]') ?? bar?.closest('article')
    next?.focus({ preventScroll: true })
  }
}
