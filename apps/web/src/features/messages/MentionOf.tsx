import { usePersonName } from '../people/people.queries.ts'

/** A person who is mentioned, by their current name. */
export function MentionOf({ personId }: { personId: string }) {
  return <bdi className="font-medium">@{usePersonName(personId) ?? 'somebody'}</bdi>
}
