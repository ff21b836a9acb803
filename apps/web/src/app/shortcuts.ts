import { isPressed, isSign, type Chord } from '../ui/chord.ts'

export type Shortcut =
  | 'search'
  | 'previousRoom'
  | 'nextRoom'
  | 'nextRegion'
  | 'previousRegion'
  | 'showKeys'

/** The keys that do the same everywhere. */
export const SHORTCUTS: Readonly<Record<Shortcut, readonly Chord[]>> = {
  search: [{ key: 'F', ctrl: true }],
  previousRoom: [{ key: 'ArrowUp', alt: true }],
  nextRoom: [{ key: 'ArrowDown', alt: true }],
  nextRegion: [{ key: 'F6' }],
  previousRegion: [{ key: 'F6', shift: true }],
  showKeys: [{ key: '?' }, { key: '/', ctrl: true }],
}

const ALL = Object.entries(SHORTCUTS) as [Shortcut, readonly Chord[]][]
const FIELDS = 'input, textarea, select, [contenteditable]'
const POPUPS = '[role=dialog], [role=alertdialog], [role=menu]'

/** What a key press means; what would write a sign does nothing in a field or in a popup. */
export function shortcutOf(event: KeyboardEvent): Shortcut | undefined {
  const found = ALL.find(([, chords]) => chords.some((chord) => isMeant(chord, event)))
  return found?.[0]
}

function isMeant(chord: Chord, event: KeyboardEvent): boolean {
  if (!isPressed(chord, event)) return false
  return !isSign(chord) || chord.ctrl === true || !isElsewhere(event.target)
}

function isElsewhere(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(`${FIELDS}, ${POPUPS}`) !== null
}
