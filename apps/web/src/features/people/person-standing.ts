import type { Person, Status } from '@conclave/shared/people'

/** The status others see: the one they chose while online, else offline. */
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
