/** One key with what is held; `ctrl` is also the command key. Of a sign it does not matter how the keyboard makes it. */
export interface Chord {
  key: string
  ctrl?: true
  alt?: true
  shift?: true
}

type Pressed = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>

export function isPressed(chord: Chord, event: Pressed): boolean {
  if (event.key.toUpperCase() !== chord.key.toUpperCase()) return false
  if (!isSign(chord) && event.shiftKey !== (chord.shift ?? false)) return false
  if ((event.ctrlKey || event.metaKey) !== (chord.ctrl ?? false)) return false
  return event.altKey === (chord.alt ?? false)
}

export function isSign({ key }: Chord): boolean {
  return /^[^\p{L}]$/u.test(key)
}
