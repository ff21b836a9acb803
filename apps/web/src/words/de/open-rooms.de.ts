import type * as english from '../en/open-rooms.en.ts'
import { translated } from '../word.ts'

export const openRooms = translated<typeof english>()({
  newRoom: 'Neuer Raum',
  openRooms: 'Offene Räume',
  openAndClosed:
    'Offene Räume sind für alle im Team. Geschlossene Räume sehen nur ihre Mitglieder.',
  findRoom: 'Raum suchen',
  openRoomsNotLoaded: 'Die Räume konnten nicht geladen werden',
  loadingOpenRooms: 'Die Räume werden geladen',
  noOpenRoom: 'Es gibt noch keinen offenen Raum.',
  noRoomNamed: 'Kein offener Raum hat <search>„{text}“</search> im Namen.',
  roomsFound:
    '{more, select, yes {Bisher } other {}}{count, plural, one {# Raum} other {# Räume}} gefunden',

  lastMessage: 'letzte Nachricht <when/>',
  noMessages: 'noch keine Nachrichten',
  keptOutOf: 'Du wurdest aus diesem Raum entfernt. Nur ein Mitglied kann dich wieder hinzufügen.',
  open: 'Öffnen',
  openThis: '{room} öffnen',
  join: 'Beitreten',
  joinThis: '{room} beitreten',

  kindOpen: 'Offen',
  kindOpenRule: 'Alle im Team können ihn finden, lesen und ihm beitreten.',
  kindClosed: 'Geschlossen',
  kindClosedRule: 'Nur seine Mitglieder wissen, dass es ihn gibt. Du entscheidest, wer darin ist.',
  name: 'Name',
  topic: 'Thema',
  topicHint: 'Freiwillig: worum es geht, in einer Zeile.',
  whoItIsFor: 'Für wen er ist',
  createRoom: 'Raum anlegen',
})
