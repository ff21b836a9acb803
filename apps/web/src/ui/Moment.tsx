import { shown } from './local-day.ts'
import { useClock } from './use-clock.ts'

const DAY = { day: 'numeric', month: 'short' } as const
const MINUTE = { hour: 'numeric', minute: '2-digit' } as const

const LOOKS = {
  day: DAY,
  minute: { ...DAY, ...MINUTE },
  second: { ...MINUTE, second: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

/** A point in time, as precise as needed; the full date and time in the tooltip. */
export function Moment({ at, to }: { at: string; to: keyof typeof LOOKS }) {
  const date = new Date(at)
  // A format keeps the time zone it was made in, so it is made again whenever that may have changed.
  useClock()
  const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' })
  return (
    <time dateTime={at} title={shown(full, date)} className="whitespace-nowrap tabular-nums">
      {shown(formatOf(date, to), date)}
    </time>
  )
}

/** The year is shown only when it is not the current one. */
function formatOf(date: Date, to: keyof typeof LOOKS): Intl.DateTimeFormat {
  const isThisYear = date.getFullYear() === new Date().getFullYear()
  const year = isThisYear || to === 'second' ? {} : ({ year: 'numeric' } as const)
  return new Intl.DateTimeFormat(undefined, { ...LOOKS[to], ...year })
}
