const DAY_MS = 86_400_000

/**
 * The number of a moment's local calendar day: the next day has the next number, on the nights the clocks change too.
 * NaN for a date that is none. By arithmetic: what `Intl` writes differs between browsers and is never read back.
 */
export function localDay(date: Date): number {
  const midnight = new Date(0)
  midnight.setUTCFullYear(date.getFullYear(), date.getMonth(), date.getDate())
  return midnight.getTime() / DAY_MS
}

/** A date in words; "unknown time" for one that is none, where `Intl` would throw. */
export function shown(format: Intl.DateTimeFormat, date: Date): string {
  return Number.isNaN(date.getTime()) ? 'unknown time' : format.format(date)
}
