import type { Person } from '@conclave/shared/people'

/** A person's name, with a mark when it is me or when their access was removed. */
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
