import { callbackify } from 'node:util'
import type { FastifyRateLimitStore, FastifyRateLimitStoreCtor } from '@fastify/rate-limit'
import type { Context } from '../../context.ts'
import type { Sql } from '../../database/connection.ts'
import { gather } from '../../waiting/gather.ts'
import { problem } from '../../problem.ts'

const COUNTED_TOGETHER_MAX = 100

interface Counted {
  key: string
  windowMs: number
}

interface Count {
  current: number
  /** Milliseconds until the window ends. */
  ttl: number
}

/**
 * A store for @fastify/rate-limit that all instances share; requests that arrive at the same time are counted in one
 * statement. When the database fails, each limit has its own rule.
 */
export function databaseStore(ctx: Context): FastifyRateLimitStoreCtor {
  const count = gather(
    async (counted: Counted[]) => countAll(ctx.sql, counted),
    COUNTED_TOGETHER_MAX,
  )
  const incr = callbackify(async (counted: Counted) => countOrSay(ctx, count, counted))
  return class DatabaseStore implements FastifyRateLimitStore {
    incr(...[key, done, windowMs]: Parameters<FastifyRateLimitStore['incr']>): void {
      incr({ key, windowMs }, done)
    }

    /** The key includes the limit's name, so that one store serves all limits. */
    child(): FastifyRateLimitStore {
      return this
    }
  }
}

async function countOrSay(
  { metrics, log }: Context,
  count: (counted: Counted) => Promise<Count>,
  counted: Counted,
): Promise<Count> {
  try {
    return await count(counted)
  } catch (error) {
    metrics.limitStoreFailures.inc()
    log.warn({ err: error }, 'a limit could not be counted')
    throw problem('unavailable')
  }
}

/**
 * Counts each request in its key's window, or opens a new window. Each key is updated once, in order, so that instances
 * never deadlock; requests with the same key each get their own position.
 */
async function countAll(sql: Sql, counted: readonly Counted[]): Promise<Count[]> {
  return sql<Count[]>`
    with asked as (
      select *, row_number() over same as nth, count(*) over same as many
      from unnest(
        ${counted.map(({ key }) => key)}::text[], ${counted.map(({ windowMs }) => windowMs)}::float8[]
      ) with ordinality as asked (key, window_ms, place)
      window same as (partition by key)
    ),
    kept as (
      insert into limit_counts as held (key, count, ends_at)
      select key, many, now() + window_ms * interval '1 millisecond'
      from asked where nth = 1 order by key
      on conflict (key) do update set
        count = case
          when held.ends_at <= now() then excluded.count else held.count + excluded.count
        end,
        ends_at = case when held.ends_at <= now() then excluded.ends_at else held.ends_at end
      returning key, count, ends_at
    )
    select
      kept.count - asked.many + asked.nth as current,
      extract(epoch from kept.ends_at - now())::float8 * 1000 as ttl
    from asked join kept using (key)
    order by asked.place`
}
