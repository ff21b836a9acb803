import { parseSearch, searchText } from '@conclave/shared/search-text'

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/

/** The search with the moments at which its days begin here, because the server knows no time zone of ours. */
export function withLocalDays(text: string): string {
  const parts = parseSearch(text)
  if (!parts.some(({ kind }) => kind === 'before' || kind === 'after')) return text
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
