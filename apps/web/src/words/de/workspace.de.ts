import type * as english from '../en/workspace.en.ts'
import { translated } from '../word.ts'

export const workspace = translated<typeof english>()({
  title: 'Einstellungen',
  loading: 'Einstellungen werden geladen',
  notLoaded: 'Die Einstellungen konnten nicht geladen werden',
  tryAgain: 'Erneut versuchen',
  onlyAdmins: 'Nur Owner und Admins des Workspace können diese Einstellungen ändern.',
  saved: 'Gespeichert',
  notSaved: 'Nicht gespeichert. {reason}',

  windowTitle: 'Nachrichten bearbeiten',
  windowHint: 'Wie lange eine Nachricht bearbeitet werden kann, nachdem sie gesendet wurde.',
  anyTime: 'Jederzeit',
  forADay: '24 Stunden lang',
  forAnHour: 'Eine Stunde lang',
  forFiveMinutes: '5 Minuten lang',
  never: 'Nie',

  versionsTitle: 'Frühere Fassungen',
  showVersions: 'Zeigen, was in einer Nachricht stand, bevor sie bearbeitet wurde',
  versionsHint:
    'Alle im Raum können es lesen. Ist das aus, werden frühere Fassungen nicht behalten.',
  hideTitle: 'Alle früheren Fassungen löschen?',
  hideAction: 'Löschen',
  hideConsequence:
    'Was früher in bearbeiteten Nachrichten stand, wird in jedem Raum gelöscht und ab jetzt nicht mehr behalten. Das lässt sich nicht rückgängig machen.',
})
