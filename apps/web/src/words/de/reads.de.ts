import type * as english from '../en/reads.en.ts'
import { translated } from '../word.ts'

export const reads = translated<typeof english>()({
  markUnread: 'Ab hier als ungelesen markieren',
  markAllRead: 'Alles als gelesen markieren',
  markedRead:
    '{count, plural, one {# Raum ist als gelesen markiert.} other {# Räume sind als gelesen markiert.}}',
  nothingUnread: 'Nichts ist ungelesen',
  undo: 'Rückgängig machen',
  undoRegion: 'Als gelesen markiert',
})
