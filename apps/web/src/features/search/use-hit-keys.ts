import { useCallback, type KeyboardEvent, type RefObject } from 'react'
import { SEARCH_FIELD_ID } from './search-field-id.ts'

/** The arrow keys go from one result to the next, and from the first one back to the field. */
export function useHitKeys(list: RefObject<HTMLElement | null>): (event: KeyboardEvent) => void {
  return useCallback(
    (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
      if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return
      const hits = hitsIn(list.current)
      const next = hits.findIndex((hit) => hit === document.activeElement) + step
      event.preventDefault()
      if (next < 0) document.getElementById(SEARCH_FIELD_ID)?.focus()
      else hits[next]?.focus({ focusVisible: true })
    },
    [list],
  )
}

/** Moves the focus to the first result that is there. */
export function focusFirstHit(): void {
  hitsIn(document.body)[0]?.focus({ focusVisible: true })
}

function hitsIn(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('[data-hit]') ?? [])]
}
