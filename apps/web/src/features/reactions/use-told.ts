import { useCallback, useEffect, useRef, useState } from 'react'

/** The pointer rests for a moment before names appear, and has a moment to come to them. */
const HOVER_MS = 250
const LEAVE_MS = 150

/** The chip whose names are shown. */
export interface Told {
  messageId: string
  emoji: string
  chip: HTMLElement
}

/** Whose names are shown, and how to show others after a while; Escape, scrolling and pressing take them away. */
export function useTold(): {
  told: Told | undefined
  tell: (told: Told | undefined) => void
  hover: (told: Told | undefined) => void
} {
  const [told, setTold] = useState<Told>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const tell = useCallback((next: Told | undefined) => {
    clearTimeout(timer.current)
    setTold(next)
  }, [])
  const hover = useCallback((next: Told | undefined) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setTold(next), next ? HOVER_MS : LEAVE_MS)
  }, [])
  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    if (!told) return
    const over = new AbortController()
    const options = { capture: true, signal: over.signal }
    const hide = () => setTold(undefined)
    document.addEventListener('scroll', hide, options)
    document.addEventListener('pointerdown', hide, options)
    document.addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 'Escape') return
        // It would also go back from here, and a key does one thing.
        event.preventDefault()
        hide()
      },
      options,
    )
    return () => over.abort()
  }, [told])
  return { told, tell, hover }
}
