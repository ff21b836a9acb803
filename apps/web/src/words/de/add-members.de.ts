import type * as english from '../en/add-members.en.ts'
import { translated } from '../word.ts'

export const addMembers = translated<typeof english>()({
  addPeopleTo: 'Personen zu <room/> hinzufügen',
  done: 'Fertig',
  everybodyHere: 'Alle im Team sind schon hier.',
  nobodyOutsideNamed: 'Niemand außerhalb dieses Raums hat <search>„{text}“</search> im Namen.',
  peopleToAdd: 'Personen zum Hinzufügen',
  add: 'Hinzufügen',
  addThis: '{person} hinzufügen',
  added: 'Hinzugefügt',
  addedThis: '{person} hinzugefügt',
})
