import type { People } from '@conclave/shared/people'

/** A list that was fetched while events arrived may be older than what events made of the last one. */
export function newerPeople(held: People | undefined, fetched: People): People {
  if (!held || held.rev <= fetched.rev) return fetched
  return { ...held, epoch: Math.max(held.epoch, fetched.epoch) }
}
