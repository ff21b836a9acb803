import { useEffect, useState } from 'react'

/** Longer than between two words of somebody who goes on writing. */
const PAUSE_MS = 2_000

/** Whether somebody is writing in a field of this page, up to a pause. */
export function useIsWriting(): boolean {
  const [isWriting, setIsWriting] = useState(false)
  useEffect(() => {
    let pause: ReturnType<typeof setTimeout> | undefined
    function onInput(): void {
      clearTimeout(pause)
      pause = setTimeout(() => setIsWriting(false), PAUSE_MS)
      setIsWriting(true)
    }
    // After the field itself has read what was written: a state that is set before that makes React render at once what
    // was pending, with the old value of the field, and what was just written would be gone.
    document.addEventListener('input', onInput)
    return () => {
      clearTimeout(pause)
      document.removeEventListener('input', onInput)
    }
  }, [])
  return isWriting
}
