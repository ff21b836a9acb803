import { Id, WRITTEN_PATTERN } from '@conclave/shared/ids'
import { Type, type Static } from 'typebox'
import { Check } from 'typebox/value'
import type { Sql } from './database/connection.ts'
import { cutPage, pageLimit } from './list-page.ts'
import { problem } from './problem.ts'

/**
 * The cursor of a list by name: the sort position of a page's last entry. It contains nothing that the page did not. The
 * rank comes before the name; it is 0 in lists that have none.
 */
const NamePlace = Type.Object({
  rank: Type.Integer({ minimum: 0, maximum: 9 }),
  sortName: Type.String({ pattern: WRITTEN_PATTERN }),
  id: Id,
})
type NamePlace = Static<typeof NamePlace>

/** A page of a list by name: the entries after this place whose names contain this text, up to a limit. */
export interface NamePage {
  after: NamePlace | undefined
  /** Everything matches an empty one. */
  search: string
  limit: number
}

/** The requested page. Problems: `invalid-request`, for a cursor that is none. */
export function namePage({
  after,
  search = '',
  limit,
}: { after?: string; search?: string; limit?: string } = {}): NamePage {
  return { after: readPlace(after), search, limit: pageLimit(limit) }
}

/** Cuts these rows to a page, as `cutPage` does, with the cursor at which the next page starts. */
export function cutNamePage<Row>(
  rows: readonly Row[],
  limit: number,
  placeOf: (row: Row) => Omit<NamePlace, 'rank'> & { rank?: number },
): { page: Row[]; next?: string } {
  const { page, last } = cutPage(rows, limit)
  if (last === undefined) return { page }
  const { rank = 0, sortName, id } = placeOf(last)
  return { page, next: Buffer.from(JSON.stringify([rank, sortName, id])).toString('base64url') }
}

/**
 * Conditions for a query: that `folded_name` and `id` come after the page's place, and that the name contains its search text.
 * The text is matched literally: it is no pattern.
 */
export function inNamePage(sql: Sql, { after, search }: Omit<NamePage, 'limit'>) {
  return sql`
    ${after ? sql`(folded_name, id) > (${after.sortName}, ${after.id}::uuid)` : sql`true`}
    and ${nameContains(sql, search)}`
}

/**
 * A condition for a query: that `folded_name` contains this text. The text is folded as in migrations 0016 and 0020, in a
 * subquery, which is evaluated once; an expression would be evaluated for every row.
 */
export function nameContains(sql: Sql, search: string) {
  if (search === '') return sql`true`
  return sql`strpos(
    folded_name, (select casefold(normalize(${search}::text, nfkd) collate "pg_unicode_fast"))
  ) > 0`
}

/** Parses a cursor, which a client may have made up. */
function readPlace(written: string | undefined): NamePlace | undefined {
  if (written === undefined) return undefined
  const place = parsed(written)
  if (Check(NamePlace, place)) return place
  const detail = 'after has to be the next of a page'
  throw problem('invalid-request', [{ pointer: '/querystring/after', detail }])
}

function parsed(written: string): unknown {
  try {
    const [rank, sortName, id] = JSON.parse(Buffer.from(written, 'base64url').toString('utf8'))
    return { rank, sortName, id }
  } catch {
    return undefined
  }
}
