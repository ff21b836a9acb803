import { useEffect, type RefObject } from 'react'
import { isTyped } from '../../ui/is-typed.ts'

/** What is typed there is meant for it. */
const OWN_KEYS =
  'input, textarea, select, [contenteditable], [role=dialog], [role=alertdialog], [role=menu], [role=listbox]'

/** What is typed outside of every field goes into this one; `?` shows the keys. */
export function useTypingBegins(field: RefObject<HTMLTextAreaElement | null>): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const { target } = event
      if (event.defaultPrevented || event.key === '?' || !isTyped(event)) return
      if (!(target instanceof Element) || target.closest(OWN_KEYS)) return
      if (document.querySelector('[role=dialog], [role=alertdialog], [role=menu]')) return
      if (field.current?.checkVisibility()) field.current.focus()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [field])
}
