import type * as english from '../en/connection.en.ts'
import { translated } from '../word.ts'

export const connection = translated<typeof english>()({
  connecting: 'Verbindung wird hergestellt…',
  live: 'Live',
  catchingUp: 'Wird nachgeladen…',

  offline: 'Offline - Nachrichten werden gesendet, sobald du wieder online bist',
  apiAway: 'Der Server antwortet nicht - Nachrichten werden gesendet, sobald er wieder da ist',
  signInAway:
    'Der Anmeldedienst antwortet nicht - Nachrichten werden gesendet, sobald er wieder da ist',
  polling: 'Keine Live-Verbindung - neue Nachrichten werden ab und zu abgefragt',
  outdated: 'Es gibt eine neuere Version von Conclave',
  mismatched:
    'Der Server hat eine andere Version als diese Seite - manches funktioniert vielleicht nicht',
  lost: 'Ein Teil von Conclave wurde nicht geladen - lade neu, um neue Nachrichten zu bekommen',
})
