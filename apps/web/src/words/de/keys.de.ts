import type * as english from '../en/keys.en.ts'
import { translated } from '../word.ts'

export const keys = translated<typeof english>()({
  keys: 'Tastenkürzel',
  everywhere: 'Überall',
  onMessage: 'In den Nachrichten',

  search: 'Nachrichten suchen',
  previousRoom: 'Voriger Raum',
  nextRoom: 'Nächster Raum',
  nextRegion: 'Nächster Teil der Seite',
  previousRegion: 'Voriger Teil der Seite',
  showKeys: 'Diese Liste zeigen',

  previousMessage: 'Vorige Nachricht',
  nextMessage: 'Nächste Nachricht',
  openActions: 'Was mit der Nachricht möglich ist',
  leaveActions: 'Zurück zur Nachricht',

  whileWriting: 'Beim Schreiben',
  send: 'Senden, speichern',
  newLine: 'Neue Zeile',
  editLast: 'Letzte Nachricht bearbeiten',
  leaveWriting: 'Antwort oder Änderung abbrechen',

  ctrl: 'Strg',
  command: 'Cmd',
  alt: 'Alt',
  shift: 'Umschalt',
  arrowUp: 'Pfeil nach oben',
  arrowDown: 'Pfeil nach unten',
  enter: 'Enter',
  escape: 'Esc',
  deleteKey: 'Entf',
})
