import { word } from '../word.ts'

export const markUnread = word('Mark unread from here')
export const markAllRead = word('Mark all as read')
export const markedRead = word(
  '{count, plural, one {Marked # room as read.} other {Marked # rooms as read.}}',
)
export const nothingUnread = word('Nothing is unread')
export const undo = word('Undo')
export const undoRegion = word('Marked as read')
