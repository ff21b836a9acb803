import { expect } from 'vitest'
import type { Harness } from './harness.ts'

/** What a refusal may change: the audit log and the counts of limits. */
const NOTED = ['audit', 'audit_head', 'limit_counts']

/** Everything that a refused request must not change: each row of each table, and what was published. */
export async function stateOf(harness: Harness): Promise<Record<string, string | number>> {
  await settled(harness)
  // The api's own role may not look at every table.
  const { owner: sql, pusher } = harness
  // A rewritten row has another xmin, even with the same values; of a session it is noted every five minutes that it is used.
  const [tables] = await sql<[{ query: string }]>`
    select string_agg(
      format(
        $$select %L as name, count(*) || ' ' ||
          coalesce(md5(string_agg(%s, ',' order by %2$s)), '') as rows from %I$$,
        relname,
        case relname
          when 'sessions' then $$(to_jsonb(sessions) - 'last_seen_at')::text$$
          else $$xmin || ' ' || ctid$$
        end,
        relname
      ), ' union all ' order by relname
    ) as query
    from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> all (${NOTED})`
  const rows = await sql.unsafe<{ name: string; rows: string }[]>(tables.query)
  return {
    ...Object.fromEntries(rows.map((table) => [table.name, table.rows])),
    published: pusher.record.publishes().length,
  }
}

/** Every reader of the log has read it all. */
async function settled({ sql }: Harness): Promise<void> {
  await expect.poll(async () => sql`select from lagging`).toHaveLength(0)
}
