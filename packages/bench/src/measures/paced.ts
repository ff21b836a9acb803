import type { Arena } from '../arena.ts'
import type { Audience, Contestant, ContestantName } from '../contestants/contestant.ts'
import { paced } from '../load/fixed-rate.ts'
import { until } from '../load/until.ts'
import { alternate } from '../alternate.ts'
import { percentile } from '../statistics.ts'
import { auditAll } from './audits.ts'
import { postAndRecord, delaysUntilAll } from './hearing.ts'

const PEOPLE = 50
const PER_SECOND = 100
/** With fewer, a p99 would be a single outlier. */
const POSTS = 200
const ROOM = 1

/** What a person notices in an ordinary minute: the answer, and the message on everybody's screen. */
export async function measurePaced(arena: Arena): Promise<void> {
  const { conclave, tutorial, socketIo, figures } = arena
  arena.progress(`${PER_SECOND} posts a second to ${PEOPLE} people`)
  const who: Contestant[] = [conclave, tutorial, socketIo.normal]
  const kinds = [
    ['paced-p50', `POST p50, ${PER_SECOND} a second`],
    ['paced-p99', `POST p99, ${PER_SECOND} a second`],
    ['paced-all-p50', `Post until all ${PEOPLE} have it, p50, ${PER_SECOND} a second`],
    ['paced-all-p99', `Post until all ${PEOPLE} have it, p99, ${PER_SECOND} a second`],
  ] as const
  for (const [id, title] of kinds) figures.define({ id, title, unit: 'ms', better: 'less' })

  await conclave.prepare(PEOPLE)
  const audiences = new Map<ContestantName, Audience>()
  for (const each of who) audiences.set(each.name, await each.listen(PEOPLE, ROOM))
  await alternate(arena, { clients: PEOPLE, who }, async (contestant) => {
    const audience = audiences.get(contestant.name)
    if (!audience) throw new Error('Nobody listens')
    audience.begin()
    const sentAt = new Map<string, number>()
    const waits = await paced({ count: POSTS, perSecond: PER_SECOND }, async (turn) => {
      await postAndRecord(contestant, { client: turn % PEOPLE, room: ROOM }, sentAt)
    })
    await until('everybody has everything', () => audience.complete() === sentAt.size)
    const delays = delaysUntilAll(audience, sentAt)
    return {
      'paced-p50': percentile(waits, 0.5),
      'paced-p99': percentile(waits, 0.99),
      'paced-all-p50': percentile(delays, 0.5),
      'paced-all-p99': percentile(delays, 0.99),
    }
  })
  for (const audience of audiences.values()) audience.close()
  await auditAll(arena, { id: 'paced', title: 'Audit, paced' }, who)
}
