import type { Chord } from '../../ui/chord.ts'

/** What marks all rooms as read, wherever the focus is. */
export const MARK_ALL_READ: Chord = { key: 'Escape', shift: true }
