import type { Person } from '@conclave/shared/people'
import { expect, test } from 'vitest'
import { everybodyOptions, folded, personOption, rankedPeople } from './mention-options.ts'

const NAMES = [
  'Donald Ali',
  'Alice Meyer',
  'Álvaro',
  'Ronald',
  'אליס',
  'Al',
  'Al',
  'Jo O’Alby',
  '🎈 Balloon',
]
const people = NAMES.map((name, nth): Person => ({
  id: `01900000-0000-7000-8000-00000000000${nth}`,
  name,
  avatarUrl: null,
  status: 'available',
  role: 'member',
  active: true,
  online: false,
}))

function suggested(search: string, recent: string[] = [], among = people): string[] {
  return rankedPeople(among, { search, recent }).map(({ name }) => name)
}

test('D5: names that begin like it come first, then words of names, then the rest', () => {
  expect(suggested('al')).toEqual([
    'Alice Meyer',
    'Álvaro',
    'Al',
    'Al',
    'Donald Ali',
    'Jo O’Alby',
    'Ronald',
    '🎈 Balloon',
  ])
})

test('D5: of those, who spoke last comes first', () => {
  const [, alice, alvaro] = people
  expect(suggested('al', [alvaro!.id, alice!.id]).slice(0, 3)).toEqual([
    'Álvaro',
    'Alice Meyer',
    'Al',
  ])
  expect(suggested('', [people[8]!.id])[0]).toBe('🎈 Balloon')
})

test('D5: accents, case, spaces and any script are found', () => {
  expect(suggested('alvaro')).toEqual(['Álvaro'])
  expect(suggested('ÁLV')).toEqual(['Álvaro'])
  expect(suggested('alice m')).toEqual(['Alice Meyer'])
  expect(suggested('אל')).toEqual(['אליס'])
  expect(suggested('🎈')).toEqual(['🎈 Balloon'])
  expect(suggested('.*')).toEqual([])
  expect(folded('ＡＬ')).toBe('al')
})

test('D5: nobody without access is suggested', () => {
  expect(
    suggested(
      'ron',
      [],
      people.map((person) => ({ ...person, active: false })),
    ),
  ).toEqual([])
})

test('D5: two people of one name stay two people', () => {
  const sources = rankedPeople(people, { search: 'al', recent: [] })
    .map(personOption)
    .filter(({ shown }) => shown === '@Al')
    .map(({ source }) => source)
  expect(new Set(sources).size).toBe(2)
})

test('C14: everybody is suggested by the beginning of the word', () => {
  expect(everybodyOptions('').map(({ source }) => source)).toEqual(['<!room>', '<!here>'])
  expect(everybodyOptions('HE').map(({ shown }) => shown)).toEqual(['@here'])
  expect(everybodyOptions('oom')).toEqual([])
})
