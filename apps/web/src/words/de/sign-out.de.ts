import type * as english from '../en/sign-out.en.ts'
import { translated } from '../word.ts'

export const signOut = translated<typeof english>()({
  unsent:
    '{count, plural, one {# Nachricht ist noch nicht gesendet} other {# Nachrichten sind noch nicht gesendet}}',
  signOutAndDelete: 'Abmelden und löschen',
  unsentDetail: 'Beim Abmelden werden nicht gesendete Nachrichten aus diesem Browser gelöscht.',
})
