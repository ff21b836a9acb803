import { useEffect } from 'react'

const OPEN_ABOVE = ':is([role=dialog], [role=alertdialog], [role=menu], [role=listbox])[data-open]'
const IME_PROCESSING = 229

/** Escape goes back from here, unless it is meant for something above, or for an input method that composes. */
export function useEscape(goBack: () => void): void {
  useEffect(() => {
    let isOurs = false
    // What is open above closes by this very key, so it is looked for before.
    function onCapture(event: KeyboardEvent): void {
      isOurs = event.key === 'Escape' && !composes(event) && !document.querySelector(OPEN_ABOVE)
    }
    function onKeyDown(event: KeyboardEvent): void {
      if (isOurs && !event.defaultPrevented) goBack()
    }
    window.addEventListener('keydown', onCapture, { capture: true })
    window.addEventListener('keydown', onKeyDown)
    return () => {
      window.removeEventListener('keydown', onCapture, { capture: true })
      window.removeEventListener('keydown', onKeyDown)
    }
  }, [goBack])
}

function composes({ isComposing, keyCode }: KeyboardEvent): boolean {
  // Safari says so by the key code alone.
  return isComposing || keyCode === IME_PROCESSING
}
