import type { Person } from '@conclave/shared/people'
import type { Option } from './option.ts'

/** How many are suggested. */
const OPTIONS_MAX = 8
const UNLIKE = 3

/** Who can be mentioned by what was written: first those whose name begins like it, then those who spoke last. */
export function rankedPeople(
  people: readonly Person[],
  { search, recent }: { search: string; recent: readonly string[] },
): Person[] {
  const sought = folded(search)
  const recency = new Map(recent.map((id, nth) => [id, nth]))
  const ranked = people.map((person, nth) => ({
    person,
    likeness: likenessOf(folded(person.name), sought),
    place: recency.get(person.id) ?? recent.length + nth,
  }))
  return ranked
    .filter(({ likeness, person }) => likeness < UNLIKE && person.active)
    .toSorted((a, b) => a.likeness - b.likeness || a.place - b.place)
    .slice(0, OPTIONS_MAX)
    .map(({ person }) => person)
}

export function personOption(person: Person): Option {
  return {
    key: person.id,
    kind: 'person',
    person,
    word: person.name,
    source: `<@${person.id}>`,
    shown: `@${person.name}`,
  }
}

/** @room and @here, if what was written may become one of them. */
export function everybodyOptions(search: string): Option[] {
  return (['room', 'here'] as const)
    .filter((notifies) => notifies.startsWith(search.toLowerCase()))
    .map((notifies) => ({
      key: notifies,
      kind: 'everybody',
      notifies,
      word: notifies,
      source: `<!${notifies}>`,
      shown: `@${notifies}`,
    }))
}

/** As the server compares names, and without accents, which are left out in a hurry. */
export function folded(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
}

function likenessOf(name: string, sought: string): number {
  if (name.startsWith(sought)) return 0
  if (name.split(/[\s'’-]/).some((_, nth, words) => words.slice(nth).join(' ').startsWith(sought)))
    return 1
  return name.includes(sought) ? 2 : UNLIKE
}
