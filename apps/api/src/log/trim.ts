import type { Context } from '../context.ts'
import { KEPT_REVS, readLag, trimSome } from './log.store.ts'

const PORTION = 5_000
/** The limit of one round; about 3,000 messages a second. The next round continues. */
const PORTIONS_MAX = 40
const LATE_SECONDS = 3_600

/** Removes rows from the log that no consumer and no catch-up will read, in portions, so that no statement takes long. */
export async function trimLog({ background, log }: Context): Promise<void> {
  for (let nth = 0; nth < PORTIONS_MAX; nth += 1)
    if ((await trimSome(background, { kept: KEPT_REVS, most: PORTION })) < PORTION) break
  for (const { consumer, oldestSeconds } of await late(background))
    log.error(
      { consumer, oldestSeconds },
      'a consumer is far behind and keeps the log from being trimmed',
    )
}

async function late(sql: Context['sql']): Promise<{ consumer: string; oldestSeconds: number }[]> {
  const oldest = new Map<string, number>()
  for (const { consumer, oldestSeconds } of await readLag(sql))
    oldest.set(consumer, Math.max(oldest.get(consumer) ?? 0, Math.round(oldestSeconds)))
  return [...oldest].flatMap(([consumer, seconds]) =>
    seconds > LATE_SECONDS ? [{ consumer, oldestSeconds: seconds }] : [],
  )
}
