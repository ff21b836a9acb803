import type { KeyboardEvent } from 'react'

const IME_PROCESSING = 229

/** Whether this key press is done with the text. On touch, Enter begins a line. */
export function sendsMessage(event: KeyboardEvent): boolean {
  if (event.key !== 'Enter') return false
  if (event.shiftKey) return false
  if (composes(event)) return false
  return !isTouch()
}

/** While an input method is composing, a key is about its choices; Safari shows this by the key code alone. */
export function composes({ nativeEvent }: KeyboardEvent): boolean {
  return nativeEvent.isComposing || nativeEvent.keyCode === IME_PROCESSING
}

export function isTouch(): boolean {
  return matchMedia('(pointer: coarse)').matches
}
