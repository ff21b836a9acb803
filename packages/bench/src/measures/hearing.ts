import type { Audience, Contestant } from '../contestants/contestant.ts'
import { textOf } from './texts.ts'

/** Posts, and records when each post began. */
export async function postAndRecord(
  contestant: Contestant,
  { client, room }: { client: number; room: number },
  sentAt: Map<string, number>,
): Promise<void> {
  const startedAt = performance.now()
  const { id } = await contestant.post(client, room, textOf(client))
  sentAt.set(id, startedAt)
}

/** The time from each post until the last listener had it; throws if one is missing. */
export function delaysUntilAll(audience: Audience, sentAt: ReadonlyMap<string, number>): number[] {
  const arrivals = audience.arrivals()
  if (arrivals.size !== sentAt.size)
    throw new Error(`${sentAt.size} messages were posted and ${arrivals.size} were received`)
  return [...sentAt].map(([id, at]) => {
    const heardAt = arrivals.get(id)
    if (heardAt === undefined || Number.isNaN(heardAt))
      throw new Error('A message did not reach everybody')
    return heardAt - at
  })
}
