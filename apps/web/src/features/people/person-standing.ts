import type { Person, Status } from '@conclave/shared/people'

/** How somebody seems to the others: what they chose, as long as they are there at all. */
export type Standing = Status | 'offline'

export const STANDING_NAMES: Record<Standing, string> = {
  available: 'Available',
  busy: 'Busy',
  away: 'Away',
  offline: 'Offline',
}

export function standingOf({ status, online, active }: Person): Standing {
  return online && active ? status : 'offline'
}
