import type * as english from '../en/connection.en.ts'
import { translated } from '../word.ts'

export const connection = translated<typeof english>()({
  connecting: 'Verbindung wird hergestellt…',
  live: 'Live',
  catchingUp: 'Wird nachgeladen…',

  offline:
    'Du bist offline - nichts geht raus oder kommt an. Was du schreibst, wartet hier und wird gesendet, sobald du wieder da bist',
  apiAway:
    'Der Server antwortet nicht - nichts geht raus. Was du schreibst, wartet hier und wird gesendet, sobald er wieder da ist',
  signInAway:
    'Der Anmeldedienst antwortet nicht - nichts geht raus. Was du schreibst, wartet hier und wird gesendet, sobald er wieder da ist',
  polling:
    'Keine Live-Verbindung - was du sendest, geht raus, was andere schreiben, kommt etwas später an',
  outdated: 'Es gibt eine neuere Version von Conclave',
  mismatched:
    'Der Server hat eine andere Version als diese Seite - manches funktioniert vielleicht nicht',
  lost: 'Ein Teil von Conclave wurde nicht geladen - lade neu, um neue Nachrichten zu bekommen',
})
