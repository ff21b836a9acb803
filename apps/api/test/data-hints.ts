import type { Room } from '@conclave/shared/rooms'
import { expect } from 'vitest'
import { HINTS } from '../src/realtime/hints.ts'
import { published } from './data-envelopes.ts'
import type { Harness } from './harness.ts'

interface HintSent {
  channel: string
  rev: number
  /** When the broker took it. */
  takenAt: number
  rooms: Room[]
}

/** Makes this person one who is connected and in so many rooms, as far as hints are concerned. */
export async function makeHinted(
  { sql }: Pick<Harness, 'sql'>,
  personId: string,
  roomCount = 100,
): Promise<void> {
  await sql`
    insert into presence (person_id, online, shown_online) values (${personId}, true, true)
    on conflict (person_id) do update set online = true, shown_online = true`
  await sql`update people set room_count = ${roomCount} where id = ${personId}`
}

/** The hints on this person's channels so far, of whatever epoch, once everything has been hinted. */
export async function hintsTo(harness: Harness, personId: string): Promise<HintSent[]> {
  const lagging = async () => harness.sql`select from lagging where consumer = ${HINTS}`
  await expect.poll(lagging, { timeout: 10_000 }).toHaveLength(0)
  const all = await published(harness)
  const taken = harness.pusher.record.publishes()
  return all.flatMap(({ channel, envelope: { type, rev, data } }, nth) => {
    if (type !== 'rooms.moved' || !channel.includes(personId)) return []
    return [{ channel, rev, takenAt: taken[nth]?.at ?? 0, ...(data as { rooms: Room[] }) }]
  })
}

/** How many flights of hints have read whom to tell, and are publishing. */
export async function hintsInTheAir({ owner }: Pick<Harness, 'owner'>): Promise<number> {
  const rows = await owner`
    select from pg_stat_activity
    where datname = current_database() and application_name = ${`conclave-${HINTS}`}
      and state = 'idle in transaction' and query like '%with hinted as%'`
  return rows.length
}
