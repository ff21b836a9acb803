import { unknownTime } from './en/dates.en.ts'
import { localeInForce, t } from './say.ts'

const DAY = { day: 'numeric', month: 'short' } as const
const MINUTE = { hour: 'numeric', minute: '2-digit' } as const
const LONG_DAY = { weekday: 'long', day: 'numeric', month: 'long' } as const

/** Every way in which a time or a day is shown. */
const LOOKS = {
  day: DAY,
  dayOfYear: { ...DAY, year: 'numeric' },
  longDay: LONG_DAY,
  longDayOfYear: { ...LONG_DAY, year: 'numeric' },
  minute: { ...DAY, ...MINUTE },
  minuteOfYear: { ...DAY, ...MINUTE, year: 'numeric' },
  time: MINUTE,
  second: { ...MINUTE, second: '2-digit' },
  full: { dateStyle: 'full', timeStyle: 'short' },
  fullSecond: { dateStyle: 'full', timeStyle: 'medium' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

/** In the language of the page. A format keeps the time zone that it was made in: make it again when that may have changed. */
export function dateFormat(look: keyof typeof LOOKS): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(localeInForce(), LOOKS[look])
}

/** A date in words; "unknown time" for an invalid one, on which `Intl` would throw. */
export function shownDate(format: Intl.DateTimeFormat, date: Date): string {
  return Number.isNaN(date.getTime()) ? t(unknownTime) : format.format(date)
}

/** The look without a year for a date in the current one. */
export function isThisYear(date: Date, now = new Date()): boolean {
  return date.getFullYear() === now.getFullYear()
}
