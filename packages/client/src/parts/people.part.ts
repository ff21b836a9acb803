import { everyPerson } from '@conclave/shared/pages'
import { listPeople, type People } from '@conclave/shared/people'
import { foldPeople } from '@conclave/shared/people.fold'
import { PEOPLE_KEY } from '../keys/people.keys.ts'
import { unlessAhead } from './history-wins.ts'
import { newerPeople } from './newer-people.ts'
import { entryAt, type WholePart } from './part-kinds.ts'

/** The list of everybody in the team. */
export const people: WholePart<'team', People> = {
  stream: 'team',
  entry: entryAt(() => PEOPLE_KEY),
  fold: foldPeople,
  // Anything in a forged event could also be in a true one; the next load corrects it.
  check: () => true,
  load: ({ call }) => everyPerson((query) => call(listPeople, { query })),
  merge: ({ current, before, fetched }) =>
    newerPeople(unlessAhead(current, { before, fetched }), fetched),
}
