import type { Person } from '@conclave/shared/people'
import { memo, useCallback } from 'react'
import { LongList } from '../../ui/LongList.tsx'
import type { More } from '../../ui/WholeList.tsx'
import { usePerson } from './people.queries.ts'
import { PersonAvatar } from './PersonAvatar.tsx'
import { PersonName } from './PersonName.tsx'
import { WORKSPACE_ROLE_NAMES } from './workspace-role.ts'
import * as words from '../../words/en/team.en.ts'
import { t } from '../../words/say.ts'

/** The team by name, with the roles of owners and admins. */
export function PeopleList(props: {
  people: readonly Person[]
  myId: string
  more: More
  isStale: boolean
}) {
  const { people, myId, more, isStale } = props
  const row = useCallback(
    (person: Person) => <PersonRow listed={person} isMe={person.id === myId} />,
    [myId],
  )
  return (
    <LongList label={t(words.people)} items={people} keyOf={idOf} more={more} isStale={isStale}>
      {row}
    </LongList>
  )
}

function idOf({ id }: Person): string {
  return id
}

const PersonRow = memo(function PersonRow({ listed, isMe }: { listed: Person; isMe: boolean }) {
  const person = usePerson(listed.id) ?? listed
  return (
    <div className="flex min-h-13 items-center gap-3 border-b border-line py-1 in-[li:last-child]:border-0">
      <PersonAvatar person={person} />
      <span className="min-w-0 flex-1">
        <PersonName person={person} isMe={isMe} />
      </span>
      {person.role !== 'member' && (
        <span className="text-small text-soft">{t(WORKSPACE_ROLE_NAMES[person.role])}</span>
      )}
    </div>
  )
})
