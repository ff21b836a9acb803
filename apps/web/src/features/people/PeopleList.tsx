import type { Person } from '@conclave/shared/people'
import { compareNames } from '../rooms/room-name.ts'
import { PersonAvatar } from './PersonAvatar.tsx'
import { PersonName } from './PersonName.tsx'
import { WORKSPACE_ROLE_NAMES } from './workspace-role.ts'

/** The team by name, with the roles of owners and admins. */
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
            <span className="min-w-0 flex-1">
              <PersonName person={person} isMe={person.id === myId} />
            </span>
            {person.role !== 'member' && (
              <span className="text-small text-soft">{WORKSPACE_ROLE_NAMES[person.role]}</span>
            )}
          </li>
        ))}
    </ul>
  )
}
