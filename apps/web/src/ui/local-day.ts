const DAY_MS = 86_400_000

/**
 * The number of the local calendar day. The next day has the next number, also when the clocks change. NaN for an
 * invalid date. Computed, because what `Intl` prints differs between browsers and must not be parsed.
 */
export function localDay(date: Date): number {
  const midnight = new Date(0)
  midnight.setUTCFullYear(date.getFullYear(), date.getMonth(), date.getDate())
  return midnight.getTime() / DAY_MS
}
