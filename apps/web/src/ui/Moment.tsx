import { dateFormat, isThisYear, shownDate } from '../words/dates.ts'
import { useClock } from './use-clock.ts'

/** A point in time, as precise as needed; the full date and time in the tooltip. */
export function Moment({ at, to }: { at: string; to: 'day' | 'minute' | 'second' }) {
  const date = new Date(at)
  // A format keeps the time zone it was made in, so it is made again whenever that may have changed.
  useClock()
  return (
    <time
      dateTime={at}
      title={shownDate(dateFormat('fullSecond'), date)}
      className="whitespace-nowrap tabular-nums"
    >
      {shownDate(dateFormat(to === 'second' || isThisYear(date) ? to : `${to}OfYear`), date)}
    </time>
  )
}
