import { useEffect, useEffectEvent, type RefObject } from 'react'

const HANDS = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const
const SCROLL_KEYS = /^(?:ArrowUp|ArrowDown|PageUp|PageDown|Home|End| )$/

/** Calls back when somebody scrolls the pane by themselves, whether or not it can go further. */
export function useOnHand(scroller: RefObject<HTMLElement | null>, onHand: () => void): void {
  const hand = useEffectEvent(onHand)
  useEffect(() => {
    const pane = scroller.current
    if (!pane) return
    const stop = new AbortController()
    for (const type of HANDS) {
      const onEvent = (event: Event) => isScrolling(event, pane) && hand()
      pane.addEventListener(type, onEvent, { passive: true, signal: stop.signal })
    }
    return () => stop.abort()
  }, [scroller])
}

/** Whether somebody scrolls with it, and does not press a button, say. On the bar of the pane itself, a pointer scrolls. */
function isScrolling(event: Event, pane: HTMLElement): boolean {
  if (event instanceof KeyboardEvent) return SCROLL_KEYS.test(event.key)
  return event.type !== 'pointerdown' || event.target === pane
}
