import { useEffect } from 'react'

const OPEN_ABOVE = ':is([role=dialog], [role=alertdialog], [role=menu], [role=listbox])[data-open]'
const IME_PROCESSING = 229

/** Escape goes back, unless it closes something open above, or belongs to an input method that is composing. */
export function useEscape(goBack: () => void): void {
  useEffect(() => {
    let isOurs = false
    // A dialog or menu closes with this same key press, so check for one before it does.
    function onCapture(event: KeyboardEvent): void {
      isOurs =
        event.key === 'Escape' &&
        !event.shiftKey &&
        !composes(event) &&
        !document.querySelector(OPEN_ABOVE)
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
  // Safari shows this by the key code alone.
  return isComposing || keyCode === IME_PROCESSING
}
