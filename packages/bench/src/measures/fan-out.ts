import type { Arena } from '../arena.ts'
import type { Audience, Contestant, ContestantName } from '../contestants/contestant.ts'
import { closedLoop } from '../load/closed-loop.ts'
import { until } from '../load/until.ts'
import { alternate } from '../alternate.ts'
import { percentile } from '../statistics.ts'
import { auditAll } from './audits.ts'
import { postAndRecord, delaysUntilAll } from './hearing.ts'

const POSTERS = 4
const MANY_POSTERS = 16
const ROOM = 0

/** From the post to the last of the room's listeners, while people talk without pause. All messages are delivered. */
export async function measureFanOut(arena: Arena): Promise<void> {
  const { conclave, tutorial, socketIo, options } = arena
  const who: Contestant[] = [conclave, tutorial, socketIo.normal]
  for (const size of options.audiences) {
    arena.progress(`${POSTERS} people talk to ${size}`)
    defineFigures(arena, size)
    await conclave.prepare(size)
    const audiences = new Map<ContestantName, Audience>()
    for (const each of who) audiences.set(each.name, await each.listen(size, ROOM))
    async function talk(contestant: Contestant, posters: number) {
      const audience = audiences.get(contestant.name)
      if (!audience) throw new Error('Nobody listens')
      return talkTo(contestant, audience, { posters, seconds: options.seconds })
    }

    await alternate(arena, { clients: size, who }, async (contestant) => {
      const { waits } = await talk(contestant, POSTERS)
      return {
        [`fanout-${size}-p50`]: percentile(waits, 0.5),
        [`fanout-${size}-p99`]: percentile(waits, 0.99),
      }
    })
    await alternate(arena, { clients: size, who }, async (contestant) => {
      const { deliveries, seconds } = await talk(contestant, MANY_POSTERS)
      return { [`deliveries-${size}`]: deliveries / seconds }
    })
    for (const audience of audiences.values()) audience.close()
    await auditAll(arena, { id: `fanout-${size}`, title: `Audit, ${size} listen` }, who)
  }
}

async function talkTo(
  contestant: Contestant,
  audience: Audience,
  { posters, seconds }: { posters: number; seconds: number },
): Promise<{ waits: number[]; deliveries: number; seconds: number }> {
  audience.begin()
  const sentAt = new Map<string, number>()
  const startedAt = performance.now()
  await closedLoop({ clients: posters, seconds }, async (client) =>
    postAndRecord(contestant, { client, room: ROOM }, sentAt),
  )
  await until('everybody has everything', () => audience.complete() >= sentAt.size)
  const tookSeconds = (performance.now() - startedAt) / 1_000
  const deliveries = audience.deliveries()
  return { waits: delaysUntilAll(audience, sentAt), deliveries, seconds: tookSeconds }
}

function defineFigures({ figures }: Arena, size: number): void {
  for (const share of ['p50', 'p99'])
    figures.define({
      id: `fanout-${size}-${share}`,
      title: `Post until all ${size} have it, ${share}, ${POSTERS} talk without pause`,
      unit: 'ms',
      better: 'less',
    })
  figures.define({
    id: `deliveries-${size}`,
    title: `Deliveries to ${size}, ${MANY_POSTERS} talk without pause`,
    unit: 'per second',
    better: 'more',
  })
}
