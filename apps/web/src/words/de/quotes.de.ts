import type * as english from '../en/quotes.en.ts'
import { translated } from '../word.ts'

export const quotes = translated<typeof english>()({
  quoteFrom: '<person/> <text/>',
  quotedBy: 'Zur Nachricht von {person}, auf die dies antwortet',
  originalRemoved: 'Ursprüngliche Nachricht gelöscht',
  originalGone: 'Die ursprüngliche Nachricht gibt es nicht mehr.',

  reply: 'Antworten',
  replyingTo: 'Antwort auf',
  stopReplying: 'Nicht auf diese Nachricht antworten',
})
