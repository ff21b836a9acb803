import type { People } from '@conclave/shared/people'

/** A list that was fetched while events arrived may be older than what events made of the last one. */
export function newerPeople(held: People | undefined, fetched: People): People {
  return held && held.rev > fetched.rev ? held : fetched
}
