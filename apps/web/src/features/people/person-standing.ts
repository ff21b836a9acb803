import type { Person, Status } from '@conclave/shared/people'
import * as words from '../../words/en/people.en.ts'
import type { Word } from '../../words/word.ts'

/** The status others see: the one they chose while online, else offline. */
export type Standing = Status | 'offline'

export const STANDING_NAMES: Record<Standing, Word> = {
  available: words.available,
  busy: words.busy,
  away: words.away,
  offline: words.offline,
}

export function standingOf({ status, online, active }: Person): Standing {
  return online && active ? status : 'offline'
}
