import type * as english from '../en/start.en.ts'
import { translated } from '../word.ts'

export const start = translated<typeof english>()({
  description: 'Ein sicherer Team-Chat, der dem Team gehören kann',
  notStarted: 'Conclave konnte noch nicht starten',
  again: 'Erneut versuchen',
  needsScript: 'Conclave braucht JavaScript',
  turnOnScript: 'Schalte es für diese Adresse ein und lade die Seite neu.',
  offline:
    'Dieses Gerät ist offline, oder der Server ist nicht erreichbar. Es wird automatisch weiter versucht.',
  tooOld: 'Dieser Browser ist zu alt für Conclave. Aktualisiere ihn, oder nimm einen anderen.',
  slow: 'Conclave lädt langsam. Es wird automatisch weiter versucht.',
  failed: 'Conclave konnte nicht starten.',
})
