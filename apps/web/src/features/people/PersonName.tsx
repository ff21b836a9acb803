import type { Person } from '@conclave/shared/people'

/** What somebody is called, whether it is me, and whether they are still let in. */
export function PersonName({
  person,
  name = person?.name ?? 'Someone',
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
      {isMe && <span className="shrink-0 text-small text-soft">you</span>}
      {person && !person.active && (
        <span className="shrink-0 text-small text-soft">access removed</span>
      )}
    </span>
  )
}
