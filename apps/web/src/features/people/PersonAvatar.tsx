import type { Person } from '@conclave/shared/people'
import { Initials } from '../../ui/Initials.tsx'
import { STANDING_NAMES, standingOf } from './person-standing.ts'
import { StatusDot } from './StatusDot.tsx'
import { withStanding } from '../../words/en/people.en.ts'
import { t } from '../../words/say.ts'

/** A person's initials, with their status as a dot at the edge. */
export function PersonAvatar({ person, className }: { person: Person; className?: string }) {
  const standing = standingOf(person)
  return (
    <span
      className="relative inline-flex shrink-0"
      title={t(withStanding, { person: person.name, standing: t(STANDING_NAMES[standing]) })}
    >
      <Initials name={person.name} seed={person.id} {...(className ? { className } : {})} />
      <StatusDot
        status={standing}
        className="absolute -end-0.5 -bottom-0.5 box-content rounded-full border-2 border-(--behind) bg-(--behind)"
      />
    </span>
  )
}
