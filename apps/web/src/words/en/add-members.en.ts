import { word } from '../word.ts'

export const addPeopleTo = word('Add people to <room/>')
export const done = word('Done')
export const everybodyHere = word('Everybody in the team is already here.')
export const nobodyOutsideNamed = word(
  'Nobody outside this room has <search>“{text}”</search> in their name.',
)
export const peopleToAdd = word('People to add')
export const add = word('Add')
export const addThis = word('Add {person}')
export const added = word('Added')
export const addedThis = word('Added {person}')
