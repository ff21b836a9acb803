import { everyPerson } from '@conclave/shared/pages'
import { listPeople, type People } from '@conclave/shared/people'
import { foldPeople } from '@conclave/shared/people.fold'
import { PEOPLE_KEY } from '../keys/people.keys.ts'
import { unlessAhead } from './history-wins.ts'
import { newerPeople } from './newer-people.ts'
import { entryAt, type WholePart } from './part-kinds.ts'

/** The team. */
export const people: WholePart<'team', People> = {
  stream: 'team',
  entry: entryAt(() => PEOPLE_KEY),
  fold: foldPeople,
  // A true event can say anything of a colleague that a forged one could; the next load takes it back.
  check: () => true,
  load: ({ call }) => everyPerson((query) => call(listPeople, { query })),
  merge: ({ held, asked, fetched }) => newerPeople(unlessAhead(held, { asked, fetched }), fetched),
}
