import type * as english from '../en/config.en.ts'
import { translated } from '../word.ts'

export const config = translated<typeof english>()({
  httpsOnly: 'Conclave läuft nur über https. Öffne die https-Adresse, oder nimm localhost.',
  noStorage:
    'Dieser Browser lässt Conclave nichts speichern. Erlaube Cookies und Websitedaten für diese Adresse.',
  serverSlow: 'Der Server braucht lange für eine Antwort. Es wird weiter gewartet.',
  noConfig: '{reason} Es wird automatisch weiter versucht.',
  silent: 'Der Server antwortet nicht.',
  answered: 'Der Server hat auf /config.json mit {status} geantwortet.',
  empty: 'In /config.json ist keine Konfiguration.',
  deviceOffline: 'Dieses Gerät ist offline.',
})
