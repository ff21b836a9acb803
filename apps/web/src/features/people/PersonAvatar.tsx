import type { Person } from '@conclave/shared/people'
import { Initials } from '../../ui/Initials.tsx'
import { STATUS_NAMES, StatusDot } from './StatusDot.tsx'

/** A person's initials with their status at the edge. */
export function PersonAvatar({ person, className }: { person: Person; className?: string }) {
  return (
    <span
      className="relative inline-flex shrink-0"
      title={`${person.name}, ${STATUS_NAMES[person.status]}`}
    >
      <Initials name={person.name} seed={person.id} {...(className ? { className } : {})} />
      <StatusDot
        status={person.status}
        className="absolute -right-0.5 -bottom-0.5 box-content rounded-full border-2 border-(--behind) bg-(--behind)"
      />
    </span>
  )
}
