import type * as english from '../en/app.en.ts'
import { translated } from '../word.ts'

export const app = translated<typeof english>()({
  conversationBroken: 'Das Gespräch konnte nicht angezeigt werden',
  composerBroken: 'Das Nachrichtenfeld konnte nicht angezeigt werden',
  roomsBroken: 'Die Liste der Räume konnte nicht angezeigt werden',
  pageBroken: 'Diese Seite konnte nicht angezeigt werden',
  panelBroken: 'Dieser Bereich konnte nicht angezeigt werden',
  dialogBroken: 'Dieser Dialog konnte nicht angezeigt werden',
  appBroken: 'Conclave konnte nicht angezeigt werden',
  broken:
    'In Conclave ist hier etwas schiefgegangen. Versuche es noch einmal, oder lade die Seite neu.',

  notStarted: 'Conclave konnte noch nicht starten',
  skip: 'Zum Gespräch springen',
  searchMessages: 'Nachrichten suchen',
  searchMessagesBy: 'Nachrichten suchen (Strg-F)',
  upToDate: 'Auf dem neuesten Stand',

  nothingHere: 'Hier ist nichts',
  toYourRooms: 'Zu deinen Räumen',
  noSuchRoom: 'Diesen Raum gibt es nicht',
  noSuchRoomForYou: 'Es gibt ihn nicht, oder du bist nicht darin.',
  noSuchMessage: 'Diese Nachricht gibt es nicht',
  noSuchMessageForYou: 'Es gibt sie nicht, oder du bist nicht in ihrem Raum.',
  accessLost: 'Du hast keinen Zugang mehr zu <room/>',
  accessLostTitle: 'Du hast keinen Zugang mehr',
  accessLostDetail: 'Du wurdest daraus entfernt. In diesem Browser bleibt nichts davon zurück.',
  roomNotLoaded: 'Der Raum konnte nicht geladen werden',
  messagesNotLoaded: 'Die Nachrichten konnten nicht geladen werden',
  roomArchived: 'Dieser Raum ist archiviert. Niemand kann darin Nachrichten senden.',

  partAway: 'Dieser Teil konnte noch nicht geladen werden',
  partLost: 'Dieser Teil konnte nicht geladen werden',
  pageOutdated: 'Diese Seite ist älter als der Server. Lade sie neu, um weiterzumachen.',
  reloadForPart: 'Lade die Seite neu, um ihn zu bekommen.',
})
