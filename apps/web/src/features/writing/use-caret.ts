import { useEffect, useState, type RefObject } from 'react'

/** Where the caret is in a field that has the focus and in which nothing is selected. */
export function useCaret(field: RefObject<HTMLTextAreaElement | null>): number | undefined {
  const [caret, setCaret] = useState<number>()
  useEffect(() => {
    const stop = new AbortController()
    const look = () => setCaret(caretIn(field.current))
    look()
    // Not every browser tells of a caret in a field by `selectionchange`.
    for (const type of ['selectionchange', 'input', 'keyup', 'focusin', 'focusout', 'pointerup'])
      document.addEventListener(type, look, { signal: stop.signal })
    return () => stop.abort()
  }, [field])
  return caret
}

function caretIn(field: HTMLTextAreaElement | null): number | undefined {
  if (!field || document.activeElement !== field) return undefined
  return field.selectionStart === field.selectionEnd ? field.selectionStart : undefined
}
