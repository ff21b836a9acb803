import type * as english from '../en/rooms.en.ts'
import { translated } from '../word.ts'

export const rooms = translated<typeof english>()({
  rooms: 'Räume',
  chooseRoom: 'Wähle einen Raum, um anzufangen.',
  backToRooms: 'Zurück zu den Räumen',
  loadingRooms: 'Deine Räume werden geladen',
  roomsNotLoaded: 'Deine Räume konnten nicht geladen werden. {reason}',
  otherVersion:
    'Der Server hat eine andere Version als diese Seite. Es wird automatisch weiter versucht.',
  noRoomYet:
    'Du bist noch in keinem Raum. Stöbere in den offenen, oder warte, bis dich jemand hinzufügt.',
  browseRooms: 'Räume finden',
  members: 'Mitglieder',
  memberCount: '{count, plural, one {# Mitglied} other {# Mitglieder}}',
  addPeople: 'Personen hinzufügen',
  onlyYou: 'Bisher bist nur du hier.',
})
