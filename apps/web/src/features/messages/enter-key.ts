import { isInOpenFence } from '@conclave/shared/markup.parse'
import type { KeyboardEvent } from 'react'
import { isPressed, type Chord } from '../../ui/chord.ts'

const IME_PROCESSING = 229

/** What a person sends with. */
export type SendKey = 'enter' | 'ctrl-enter'

/** What keys do in a field for the text of a message. A new line is the browser's own doing, and told with the others. */
export type WritingKey = 'send' | 'newLine' | 'editLast' | 'leave'

const ENTER: Chord = { key: 'Enter' }
const CTRL_ENTER: Chord = { key: 'Enter', ctrl: true }
const SHIFT_ENTER: Chord = { key: 'Enter', shift: true }
const OTHERS = { editLast: [{ key: 'ArrowUp' }], leave: [{ key: 'Escape' }] } as const

export const WRITING_KEYS: Readonly<
  Record<SendKey, Readonly<Record<WritingKey, readonly Chord[]>>>
> = {
  enter: { send: [ENTER, CTRL_ENTER], newLine: [SHIFT_ENTER], ...OTHERS },
  'ctrl-enter': { send: [CTRL_ENTER], newLine: [ENTER, SHIFT_ENTER], ...OTHERS },
}

type FieldEvent = KeyboardEvent<HTMLTextAreaElement>

/** Whether a key is pressed for this, and not for an input method. */
export function isWritingKey(event: FieldEvent, what: WritingKey, sendKey: SendKey): boolean {
  const isFor = WRITING_KEYS[sendKey][what].some((chord) => isPressed(chord, event))
  return isFor && !composes(event) && !(what === 'send' && isLineOfCode(event))
}

/** Enter alone goes on with the code that somebody is writing, until they close its fence. */
function isLineOfCode(event: FieldEvent): boolean {
  const { value, selectionStart } = event.currentTarget
  return isPressed(ENTER, event) && isInOpenFence(value, selectionStart)
}

/** While an input method is composing, a key is about its choices; Safari shows this by the key code alone. */
export function composes({ nativeEvent }: KeyboardEvent): boolean {
  return nativeEvent.isComposing || nativeEvent.keyCode === IME_PROCESSING
}

export function isTouch(): boolean {
  return matchMedia('(pointer: coarse)').matches
}
