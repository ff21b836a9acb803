import { LIST_PAGE_MAX, PAGE_MAX_BYTES } from '@conclave/shared/paging'

const FIRST_ID = '00000000-0000-0000-0000-000000000000'

/** A page of a list ordered by id: the entries after this id, up to a limit. */
export interface IdPage {
  after: string
  limit: number
}

/** The requested page; by default the first one, at the maximum size. */
export function idPage({ after, limit }: { after?: string; limit?: string } = {}): IdPage {
  return { after: after ?? FIRST_ID, limit: pageLimit(limit) }
}

export function pageLimit(limit: string | undefined): number {
  return Number(limit ?? LIST_PAGE_MAX)
}

/**
 * Cuts these rows to a page. The query reads one row more than the limit, which shows whether another page follows. The
 * page ends earlier where it would exceed the byte limit, so that a response is bounded however large its entries are.
 */
export function cutPage<Row>(
  rows: readonly Row[],
  limit: number,
): { page: Row[]; /** The last of the page, when another follows. */ last: Row | undefined } {
  const page = withinBytes(rows.slice(0, limit))
  return { page, last: page.length < rows.length ? page.at(-1) : undefined }
}

/** The same, with the id after which the next page starts. */
export function cutIdPage<Row>(
  rows: readonly Row[],
  limit: number,
  idOf: (row: Row) => string,
): { page: Row[]; next?: string } {
  const { page, last } = cutPage(rows, limit)
  return last === undefined ? { page } : { page, next: idOf(last) }
}

/** The first entries that fit into this many bytes of JSON; at least one. */
export function withinBytes<Item>(items: readonly Item[], most = PAGE_MAX_BYTES): Item[] {
  let bytes = 0
  const tooMuch = items.findIndex((item, nth) => {
    bytes += Buffer.byteLength(JSON.stringify(item))
    return nth > 0 && bytes > most
  })
  return tooMuch < 0 ? [...items] : items.slice(0, tooMuch)
}
