import { searchText } from '@conclave/shared/search-text'
import { isFilter, parseTyped } from './search-operators.ts'

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/

/**
 * The search as the server reads it, which knows neither our language nor our time zone: with its own operators, and with the
 * moments at which days begin here.
 */
export function searchToSend(text: string): string {
  const parts = parseTyped(text)
  if (!parts.some(isFilter)) return text
  return searchText(
    parts.map((part) =>
      part.kind === 'before' || part.kind === 'after'
        ? { ...part, value: beginningOf(part.value) ?? part.value }
        : part,
    ),
  )
}

/** Undefined for what is no day; the server says so then. */
function beginningOf(value: string): string | undefined {
  const [, year, month, day] = DAY.exec(value) ?? []
  if (year === undefined) return undefined
  const date = new Date(0)
  date.setFullYear(Number(year), Number(month) - 1, Number(day))
  date.setHours(0, 0, 0, 0)
  if (date.getMonth() !== Number(month) - 1 || date.getFullYear() < 1) return undefined
  return date.getFullYear() === Number(year) ? date.toISOString() : undefined
}
