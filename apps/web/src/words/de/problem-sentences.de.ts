import type * as english from '../en/problem-sentences.en.ts'
import { translated } from '../word.ts'

export const problemSentences = translated<typeof english>()({
  invalidRequest:
    'Das hat der Server nicht verstanden. Lade die Seite neu und versuche es noch einmal.',
  notSignedIn: 'Deine Sitzung ist beendet. Melde dich wieder an, um weiterzumachen.',
  accessRemoved: 'Ein Administrator hat dir den Zugang entzogen.',
  signedOut: 'Du wurdest abgemeldet. Melde dich wieder an, um weiterzumachen.',
  notFound: 'Hier ist nichts.',
  roomNotFound: 'Diesen Raum gibt es nicht, oder du bist nicht darin.',
  messageNotFound: 'Diese Nachricht gibt es nicht mehr.',
  personNotFound: 'Diese Person ist nicht im Team.',
  sessionNotFound: 'Diese Sitzung ist schon beendet.',
  channelNotFound: 'Für diesen Raum bekommst du keine Live-Aktualisierungen.',
  methodNotAllowed: 'Das geht hier nicht.',
  notAllowed: 'Deine Rolle erlaubt das nicht.',
  keptOut: 'Du wurdest aus diesem Raum entfernt. Nur ein Mitglied kann dich wieder hinzufügen.',
  tooSlow:
    'Das hat zu lange bis zum Server gebraucht. Prüfe dein Netz und versuche es noch einmal.',
  messageIdTaken:
    'Diese Nachricht konnte nicht gesendet werden. Kopiere ihren Text und sende ihn als neue Nachricht.',
  lastOwner: 'Einer muss Eigentümer sein. Mach zuerst jemand anderen dazu.',
  ownAccount: 'Das geht nicht mit deinem eigenen Konto.',
  tooManyRooms:
    'Du bist in {most, number} Räumen, und mehr sind für eine Person nicht möglich. Verlasse zuerst einen.',
  tooManyRoomsMade:
    'Du hast {most, number} Räume angelegt, und mehr sind für eine Person nicht möglich. Bitte jemanden aus dem Team, diesen anzulegen.',
  personInTooManyRooms:
    'Diese Person ist in so vielen Räumen, dass niemand sie einem weiteren hinzufügen kann.',
  tooManyReactions:
    'Diese Nachricht hat schon so viele verschiedene Emojis, wie sie haben darf. Nimm eines davon.',
  messageRemoved: 'Diese Nachricht wurde entfernt.',
  editWindowOver: 'Diese Nachricht kann nicht mehr bearbeitet werden.',
  roomArchived:
    'Dieser Raum ist archiviert. Niemand kann darin Nachrichten senden oder bearbeiten.',
  tooLarge: 'Das ist zu groß zum Senden.',
  unsupportedMediaType: 'Inhalte dieser Art können nicht gesendet werden.',
  expectationFailed:
    'Etwas zwischen hier und dem Server verändert Anfragen. Versuche es in einem anderen Netz.',
  headTooLarge: 'Das ist zu groß zum Senden. Lade die Seite neu und versuche es noch einmal.',
  messageTooLong: 'Diese Nachricht ist zu lang.',
  tooManyMentions: 'Eine Nachricht kann höchstens 20 Personen erwähnen.',
  slowDown: 'Das war etwas schnell. Warte einen Moment und versuche es noch einmal.',
  internal: 'Bei uns ist etwas schiefgegangen. Versuche es gleich noch einmal.',
  unavailable: 'Der Server kann gerade nicht antworten. Versuche es gleich noch einmal.',
})
