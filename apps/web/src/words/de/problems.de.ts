import type * as english from '../en/problems.en.ts'
import { translated } from '../word.ts'

export const problems = translated<typeof english>()({
  deviceOffline: 'Dieses Gerät ist offline.',
  signInSilent: 'Der Anmeldedienst antwortet nicht.',
  serverBusy: 'Der Server kann gerade nicht antworten.',
  serverSilent: 'Der Server antwortet nicht.',
  awayTryAgain: '{away} Versuche es gleich noch einmal.',
  awayRetried: '{away} Es wird automatisch weiter versucht.',
  slowDownFor:
    'Das war etwas schnell. Versuche es in {seconds, plural, one {# Sekunde} other {# Sekunden}} noch einmal.',
})
