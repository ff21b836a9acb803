import type * as english from '../en/team.en.ts'
import { translated } from '../word.ts'

export const team = translated<typeof english>()({
  people: 'Personen',
  loadingPeople: 'Die Personen werden geladen',
  findPerson: 'Person suchen',
  peopleNotLoaded: 'Die Personen konnten nicht geladen werden',
  peopleFound:
    '{more, select, yes {Bisher } other {}}{count, plural, one {# Person} other {# Personen}} gefunden',
  nobodyNamed: 'Niemand hat <search>„{text}“</search> im Namen.',
  you: 'du',
  accessRemoved: 'Zugang entzogen',
  owner: 'Eigentümer',
  admin: 'Admin',
  member: 'Mitglied',
})
