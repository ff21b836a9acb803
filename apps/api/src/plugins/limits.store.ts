import { callbackify } from 'node:util'
import type { FastifyRateLimitStore, FastifyRateLimitStoreCtor } from '@fastify/rate-limit'
import type { Context } from '../context.ts'
import type { Sql } from '../database/connection.ts'
import { problem } from '../problem.ts'

interface Count {
  current: number
  /** Milliseconds until the window ends. */
  ttl: number
}

/** A store for @fastify/rate-limit that all instances share. When it cannot be asked, the limit decides what then. */
export function databaseStore(ctx: Context): FastifyRateLimitStoreCtor {
  const incr = callbackify(async (key: string, windowMs: number) => countOrSay(ctx, key, windowMs))
  return class DatabaseStore implements FastifyRateLimitStore {
    incr(...[key, done, windowMs]: Parameters<FastifyRateLimitStore['incr']>): void {
      incr(key, windowMs, done)
    }

    /** The key names the limit, so that one store serves them all. */
    child(): FastifyRateLimitStore {
      return this
    }
  }
}

async function countOrSay(ctx: Context, key: string, windowMs: number): Promise<Count> {
  try {
    return await count(ctx.sql, key, windowMs)
  } catch (error) {
    ctx.metrics.limitStoreFailures.inc()
    ctx.log.warn({ err: error }, 'a limit could not be counted')
    throw problem('unavailable')
  }
}

/** Counts one more in the window of this key, or opens the next one. */
async function count(sql: Sql, key: string, windowMs: number): Promise<Count> {
  const [held] = await sql<Count[]>`
    insert into limit_counts as held (key, count, ends_at)
    values (${key}, 1, now() + ${windowMs} * interval '1 millisecond')
    on conflict (key) do update set
      count = case when held.ends_at <= now() then 1 else held.count + 1 end,
      ends_at = case when held.ends_at <= now() then excluded.ends_at else held.ends_at end
    returning count as current, extract(epoch from ends_at - now())::float8 * 1000 as ttl`
  if (!held) throw new Error('A count was not kept')
  return held
}
