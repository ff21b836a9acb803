import { useCallback, useEffect, useRef, useState } from 'react'

/** How long the pointer rests before names appear, and how long they stay for it to reach them. */
const HOVER_MS = 250
const LEAVE_MS = 150

/** The chip whose names are shown. */
export interface NamedChip {
  messageId: string
  emoji: string
  chip: HTMLElement
}

/** Which chip's names are shown. `show` does it at once, `hover` after a moment; Escape, scrolling and pressing hide them. */
export function useNames(): {
  named: NamedChip | undefined
  show: (chip: NamedChip | undefined) => void
  hover: (chip: NamedChip | undefined) => void
} {
  const [named, setNamed] = useState<NamedChip>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const show = useCallback((next: NamedChip | undefined) => {
    clearTimeout(timer.current)
    setNamed(next)
  }, [])
  const hover = useCallback((next: NamedChip | undefined) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setNamed(next), next ? HOVER_MS : LEAVE_MS)
  }, [])
  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    if (!named) return
    const over = new AbortController()
    const options = { capture: true, signal: over.signal }
    const hide = () => setNamed(undefined)
    document.addEventListener('scroll', hide, options)
    document.addEventListener('pointerdown', hide, options)
    document.addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 'Escape') return
        // Without this, the same Escape would also leave the room's panel or page.
        event.preventDefault()
        hide()
      },
      options,
    )
    return () => over.abort()
  }, [named])
  return { named, show, hover }
}
