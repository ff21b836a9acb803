import type * as english from '../en/my-menu.en.ts'
import { translated } from '../word.ts'

export const myMenu = translated<typeof english>()({
  availableRule: 'es gilt, was im Raum eingestellt ist',
  busyRule: 'nur Erwähnungen und Antworten melden sich',
  awayRule: 'nichts meldet sich',
  status: 'Status',
  refresh: 'Aktualisieren',
  signOutEntry: 'Abmelden',
  workspaceSettings: 'Einstellungen',
  sendWithHeldEnter: 'Mit {key}-Enter senden',
  enterBreaks: 'Enter beginnt eine neue Zeile',
  language: 'Sprache',
  asBrowser: 'Wie der Browser',
})
