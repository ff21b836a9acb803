import type * as english from '../en/lines.en.ts'
import { translated } from '../word.ts'

export const lines = translated<typeof english>()({
  joined: '<person/> ist jetzt dabei',
  wentAway: '<person/> hat den Raum verlassen',
  added: '<person/> hat <other/> hinzugefügt',
  takenOut: '<person/> hat <other/> entfernt',
  renamed: '<person/> hat den Raum in <text/> umbenannt',
  topic: '<person/> hat das Thema in <text/> geändert',
  topicRemoved: '<person/> hat das Thema entfernt',
  archived: '<person/> hat den Raum archiviert',
  restored: '<person/> hat den Raum wiederhergestellt',

  manyJoined: '{count, number} Personen sind jetzt dabei',
  manyLines: '{count, number} Änderungen im Raum',
})
