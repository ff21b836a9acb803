import { word } from '../word.ts'

export const people = word('People')
export const loadingPeople = word('Loading the people')
export const findPerson = word('Find a person')
export const peopleNotLoaded = word('The people could not be loaded')
export const peopleFound = word(
  '{count, plural, one {# person} other {# people}} found{more, select, yes { so far} other {}}',
)
export const nobodyNamed = word('Nobody has <search>“{text}”</search> in their name.')
export const you = word('you')
export const accessRemoved = word('access removed')
export const owner = word('Owner')
export const admin = word('Admin')
export const member = word('Member')
