import type * as english from '../en/length.en.ts'
import { translated } from '../word.ts'

export const length = translated<typeof english>()({
  charsLeft: '{count, plural, one {Noch # Zeichen} other {Noch # Zeichen}}',
  tooLong:
    '{count, plural, one {# Zeichen zu lang. Kürze die Nachricht, oder sende sie in Teilen.} other {# Zeichen zu lang. Kürze die Nachricht, oder sende sie in Teilen.}}',
  farTooLong: 'Zu lang für eine Nachricht. Kürze sie, oder sende sie in Teilen.',
})
