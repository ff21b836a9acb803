import { LIST_PAGE_MAX, PAGE_MAX_BYTES } from '@conclave/shared/paging'

const FIRST_ID = '00000000-0000-0000-0000-000000000000'

/** A page of a list in the order of ids: what comes after this one, so many at most. */
export interface IdPage {
  after: string
  limit: number
}

/** The page that was asked for; the first one, and as much as there may be, unless it was said otherwise. */
export function idPage({ after, limit }: { after?: string; limit?: string } = {}): IdPage {
  return { after: after ?? FIRST_ID, limit: pageLimit(limit) }
}

export function pageLimit(limit: string | undefined): number {
  return Number(limit ?? LIST_PAGE_MAX)
}

/**
 * The page that these rows begin with. They are one more than it may hold, where there is more: that is how it is known.
 * A page that would weigh too much ends sooner, so an answer has a bound however large its entries are.
 */
export function cutPage<Row>(
  rows: readonly Row[],
  limit: number,
): { page: Row[]; /** The last of the page, when another follows. */ last: Row | undefined } {
  const page = withinBytes(rows.slice(0, limit))
  return { page, last: page.length < rows.length ? page.at(-1) : undefined }
}

/** The same, with the id at which the next page begins. */
export function cutIdPage<Row>(
  rows: readonly Row[],
  limit: number,
  idOf: (row: Row) => string,
): { page: Row[]; next?: string } {
  const { page, last } = cutPage(rows, limit)
  return last === undefined ? { page } : { page, next: idOf(last) }
}

/** The first of these, at least one, until they weigh as much as a page may. */
export function withinBytes<Item>(items: readonly Item[]): Item[] {
  let bytes = 0
  const tooMuch = items.findIndex((item, nth) => {
    bytes += Buffer.byteLength(JSON.stringify(item))
    return nth > 0 && bytes > PAGE_MAX_BYTES
  })
  return tooMuch < 0 ? [...items] : items.slice(0, tooMuch)
}
