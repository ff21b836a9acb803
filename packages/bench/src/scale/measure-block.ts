import { floodEmail } from '@conclave/dev-stack/flood/flood-people'
import { FLOOD_SIZES } from '@conclave/dev-stack/flood/flood-sizes'
import { channelName, parseChannel } from '@conclave/shared/channels'
import type postgres from 'postgres'
import { setTimeout as delay } from 'node:timers/promises'
import { until } from '../load/until.ts'
import { percentile } from '../statistics.ts'
import type { ConnectedClient } from '../subscribers/connected-client.ts'
import { openClients } from './scale-clients.ts'
import type { ScaleRun, ScaleSide } from './scale-run.ts'
import type { ScaleWorld } from './scale-world.ts'

const OWNER = 0
const SECOND = 1_000
const AFTER_MS = 1_000
const TOGETHER_WITHIN_MS = 120_000

/** Somebody is blocked while others have their pages open; in every room in common the channel gets a new name. */
export async function measureBlock(run: ScaleRun): Promise<void> {
  const { options, sides, progress } = run
  for (const side of sides) {
    await side.closeTab()
    progress(`${options.blockClients} clients connect in the ${side.world.size} team`)
    const clients = await openClients(side.world, options.blockClients)
    try {
      for (let round = 0; round < options.rounds; round++) {
        await side.world.crowd.renew(1)
        await clients.crowd.renew(clients.crowd.size)
        await blockOnce(run, side, { clients: clients.all, personId: await victimOf(side.world) })
      }
    } finally {
      clients.close()
    }
  }
}

/** The last of the flood, who is in no list of clients unless the team is that small; then the seed's last. */
async function victimOf({ sql, size }: ScaleWorld): Promise<string> {
  const { people } = FLOOD_SIZES[size]
  const email = size === 'small' ? floodEmail(3) : floodEmail(people - 1)
  const [person] = await sql<{ id: string }[]>`select id from people where email = ${email}`
  return person?.id ?? ''
}

async function blockOnce(
  { note }: ScaleRun,
  side: ScaleSide,
  { clients, personId }: { clients: readonly ConnectedClient[]; personId: string },
): Promise<void> {
  const { world } = side
  const { ask } = world.as(OWNER)
  const before = clients.map((client) => client.channels())
  const headsBefore = await sumOfHeads(world.sql)
  const teamEpoch = (await epochsOf(world.sql)).get('team')
  const beganAt = performance.now()
  await ask('PUT', `/v1/admin/people/${personId}/block`, {})
  const answeredAt = performance.now()
  await until(
    'the team has a new channel',
    async () => (await epochsOf(world.sql)).get('team') !== teamEpoch,
  )
  const epochs = await epochsOf(world.sql)
  const expected = before.map((names) => names.map((name) => renamed(name, epochs)))
  const published = world.published().then(() => performance.now())
  const settled = new Map<ConnectedClient, number>()
  await until(
    'the others are together again',
    () => {
      clients.forEach((client, at) => {
        const since = client.settledOn(expected[at] ?? [])
        if (since !== undefined && !settled.has(client)) settled.set(client, since)
      })
      return settled.size === clients.length
    },
    TOGETHER_WITHIN_MS,
  )
  note('block-published', side, ((await published) - beganAt) / SECOND)
  note('block-events', side, (await sumOfHeads(world.sql)) - headsBefore)
  const waits = [...settled.values()].map((at) => Math.max(0, at - answeredAt) / SECOND)
  note('block-p50', side, percentile(waits, 0.5))
  note('block-last', side, Math.max(...waits))
  await ask('DELETE', `/v1/admin/people/${personId}/block`)
  await delay(AFTER_MS)
  await world.published()
}

async function sumOfHeads(sql: postgres.Sql): Promise<number> {
  const [row] = await sql<{ sum: number }[]>`select sum(rev)::int as sum from heads`
  return row?.sum ?? 0
}

/** By stream. */
async function epochsOf(sql: postgres.Sql): Promise<Map<string, number>> {
  const rows = await sql<{ stream: string; epoch: number }[]>`
    select 'room:' || id as stream, epoch::int as epoch from rooms
    union all select 'person:' || id, epoch::int from people
    union all select 'team', epoch::int from team`
  return new Map(rows.map(({ stream, epoch }) => [stream, epoch]))
}

/** The channel by its name of now; a kind that this bench does not know keeps its name. */
function renamed(name: string, epochs: ReadonlyMap<string, number>): string {
  const channel = parseChannel(name)
  if (!channel) return name
  const id = 'roomId' in channel ? channel.roomId : 'personId' in channel ? channel.personId : ''
  const stream =
    channel.kind === 'team' ? 'team' : `${channel.kind === 'person' ? 'person' : 'room'}:${id}`
  return channelName({ ...channel, epoch: epochs.get(stream) ?? channel.epoch })
}
