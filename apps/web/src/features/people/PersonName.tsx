import type { Person } from '@conclave/shared/people'
import { someone } from '../../words/en/people.en.ts'
import { accessRemoved, you } from '../../words/en/team.en.ts'
import { t } from '../../words/say.ts'

/** A person's name, with a mark when it is me or when their access was removed. */
export function PersonName({
  person,
  name = person?.name ?? t(someone),
  isMe,
}: {
  person: Person | undefined
  name?: string
  isMe: boolean
}) {
  return (
    <span className="flex min-w-0 items-baseline gap-2">
      <bdi className="written-line font-medium" title={name}>
        {name}
      </bdi>
      {isMe && <span className="shrink-0 text-small text-soft">{t(you)}</span>}
      {person && !person.active && (
        <span className="shrink-0 text-small text-soft">{t(accessRemoved)}</span>
      )}
    </span>
  )
}
