import type * as english from '../en/messages.en.ts'
import { translated } from '../word.ts'

export const messages = translated<typeof english>()({
  messages: 'Nachrichten',
  loadingMessages: 'Nachrichten werden geladen',
  beginningOfRoom: 'Hier beginnt der Raum. Alle, die in ihm sind, können seine Nachrichten lesen.',

  today: 'Heute',
  yesterday: 'Gestern',
  unread: 'Neu',
  jumpToLatest: 'Zu den neuesten',
  linkOpened: 'Nachricht von {person}, {time}',
  newSince: '{count, number}<unseen> neue</unseen>',

  announced: '<person/>: <text/>',
  manyNew: '{count, plural, one {# neue Nachricht} other {# neue Nachrichten}}',

  mentionsYou: 'erwähnt dich',

  messageTo: 'Nachricht an {room}',
  send: 'Senden',

  sending: 'Wird gesendet',
  sendingIn: 'Wird in {seconds, number} s gesendet',
  waiting: 'Wartet',
  notSentYet: 'Noch nicht gesendet - das geschieht von selbst, sobald es möglich ist.',
  notSent: 'Nicht gesendet. {reason}',
  retry: 'Erneut senden',
  discard: 'Löschen',

  edited: '(bearbeitet)',
  editedAt: 'Bearbeitet {time}',
  youDeleted: 'Du hast diese Nachricht gelöscht',
  messageDeleted: 'Nachricht gelöscht',
  removedByModerator: 'Von der Moderation entfernt',

  showMore: 'Mehr anzeigen',
  showLess: 'Weniger anzeigen',
})
