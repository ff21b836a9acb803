import { expect } from 'vitest'
import { announcePresence } from '../src/features/presence/presence-announcing.actions.ts'
import type { Harness } from './harness.ts'

/** Has the team told of everybody who came or went, as if that were a second ago. */
export async function announceNow({ ctx, sql }: Pick<Harness, 'ctx' | 'sql'>): Promise<void> {
  const isAnybodyNew = async () => {
    await sql`update presence set changed_at = '-infinity' where online <> shown_online`
    await sql`update presence_turn set next_at = '-infinity'`
    await announcePresence(ctx)
    const rows = await sql`select from presence where online <> shown_online limit 1`
    return rows.length > 0
  }
  await expect.poll(isAnybodyNew, { timeout: 10_000 }).toBe(false)
}
