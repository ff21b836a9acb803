import type * as english from '../en/people.en.ts'
import { translated } from '../word.ts'

export const people = translated<typeof english>()({
  someone: 'Jemand',
  available: 'Verfügbar',
  busy: 'Beschäftigt',
  away: 'Abwesend',
  offline: 'Offline',
  withStanding: '{person}, {standing}',
})
