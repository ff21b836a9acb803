import { shown } from './local-day.ts'
import { useClock } from './use-clock.ts'

const DAY = { day: 'numeric', month: 'short' } as const
const MINUTE = { hour: 'numeric', minute: '2-digit' } as const

const LOOKS = {
  day: DAY,
  minute: { ...DAY, ...MINUTE },
  second: { ...MINUTE, second: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

/** A moment as exactly as it matters; all of it under the pointer. */
export function Moment({ at, to }: { at: string; to: keyof typeof LOOKS }) {
  const date = new Date(at)
  // Formats keep the time zone they were made in, so they are made anew whenever that may have changed.
  useClock()
  const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' })
  return (
    <time dateTime={at} title={shown(full, date)} className="whitespace-nowrap tabular-nums">
      {shown(formatOf(date, to), date)}
    </time>
  )
}

/** This year goes without saying. */
function formatOf(date: Date, to: keyof typeof LOOKS): Intl.DateTimeFormat {
  const isThisYear = date.getFullYear() === new Date().getFullYear()
  const year = isThisYear || to === 'second' ? {} : ({ year: 'numeric' } as const)
  return new Intl.DateTimeFormat(undefined, { ...LOOKS[to], ...year })
}
