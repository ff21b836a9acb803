import type { Person } from '@conclave/shared/people'
import { compareNames } from '../rooms/room-name.ts'
import { PersonAvatar } from './PersonAvatar.tsx'
import { PersonName } from './PersonName.tsx'

/** My colleagues by name. */
export function PeopleList({ people, myId }: { people: readonly Person[]; myId: string }) {
  return (
    <ul aria-label="People">
      {people
        .toSorted((a, b) => compareNames(a.name, b.name))
        .map((person) => (
          <li
            key={person.id}
            className="flex min-h-13 items-center gap-3 border-b border-line py-1 last:border-0"
          >
            <PersonAvatar person={person} />
            <PersonName person={person} isMe={person.id === myId} />
          </li>
        ))}
    </ul>
  )
}
