import type * as english from '../en/edits.en.ts'
import { translated } from '../word.ts'

export const edits = translated<typeof english>()({
  edit: 'Bearbeiten',
  editedText: 'Deine Nachricht bearbeiten',
  enterSaves: 'Enter speichert, Escape bricht ab.',
  heldEnterSaves: '{key}-Enter speichert, Escape bricht ab.',
  save: 'Speichern',
  cancel: 'Abbrechen',
  notSaved: 'Nicht gespeichert. {reason}',
  changedMeanwhile:
    'Du hast diese Nachricht inzwischen woanders geändert. Speichern ersetzt diesen Text.',
  unsaved: 'Dein nicht gespeicherter Text',
  goneMeanwhile:
    'Diese Nachricht wurde entfernt, während du sie bearbeitet hast. Was du geschrieben hast, steht noch hier.',
  copy: 'Text kopieren',
  copied: 'Kopiert',
  notCopied: 'Der Browser erlaubt es nicht. Markiere den Text und kopiere ihn.',
  drop: 'Verwerfen',

  remove: 'Löschen',
  removeTitle: 'Diese Nachricht löschen?',
  removeMine:
    'Sie wird für alle im Raum gelöscht, mit früheren Fassungen und Reaktionen. Das lässt sich nicht rückgängig machen.',
  removeTheirs:
    'Die Nachricht von <author/> wird für alle im Raum gelöscht, und eine Zeile sagt, dass sie moderiert wurde. Das lässt sich nicht rückgängig machen.',

  versions: 'Frühere Fassungen',
  noVersions: 'Es wurden keine früheren Fassungen behalten.',
  loadingVersions: 'Frühere Fassungen werden geladen',
  moreVersions: 'Mehr anzeigen',
  tryAgain: 'Erneut versuchen',
  close: 'Schließen',
})
