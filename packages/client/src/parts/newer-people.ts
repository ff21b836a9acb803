import type { People } from '@conclave/shared/people'

/** The newer of two lists: one that was fetched while events arrived may be older than the current one. */
export function newerPeople(current: People | undefined, fetched: People): People {
  return current && current.rev > fetched.rev ? current : fetched
}
