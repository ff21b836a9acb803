import type { Arena } from '../arena.ts'
import { ROOMS } from '../contestants/contestant.ts'
import { closedLoop } from '../load/closed-loop.ts'
import { serverTime, type ServerTime } from '../machine/server-side.ts'
import { alternate } from '../alternate.ts'
import { percentile } from '../statistics.ts'
import { auditAll } from './audits.ts'
import { textOf } from './texts.ts'

/** How many messages a second are acknowledged to clients that each wait for their answer. */
export async function measurePosts(arena: Arena): Promise<void> {
  const { conclave, tutorial, socketIo, figures, options } = arena
  const who = [conclave, tutorial, socketIo.normal]
  if (options.withFlushingChat) who.push(socketIo.full)
  for (const clients of options.posters) {
    arena.progress(`${clients} clients post`)
    const ids = defineFigures(arena, clients)
    await alternate(arena, { clients, who }, async (contestant) => {
      const before = serverTime(contestant.pid())
      let posts = 0
      const load = await closedLoop({ clients, seconds: options.seconds }, async (client) => {
        await contestant.post(client, client % ROOMS, textOf(client))
        posts += 1
      })
      const drainFrom = performance.now()
      await contestant.settle()
      const drainSeconds = (performance.now() - drainFrom) / 1_000
      const after = serverTime(contestant.pid())
      const each = (part: keyof ServerTime) => ((after[part] - before[part]) * 1_000) / posts
      const parts = {
        answering: each('answering'),
        database: each('database'),
        others: each('others'),
      }
      return {
        [ids.time]: parts.answering + parts.database + parts.others,
        [ids.answering]: parts.answering,
        [ids.database]: parts.database,
        [ids.others]: parts.others,
        [ids.rate]: load.count / load.seconds,
        [ids.published]: load.count / (load.seconds + drainSeconds),
        [ids.wait]: percentile(load.waits, 0.99),
      }
    })
    await auditAll(arena, { id: `posts-${clients}`, title: `Audit, ${clients} clients` }, who)
  }
  figures.fact({
    id: 'posts-shape',
    title: 'Posts',
    text: `closed loop, ${ROOMS} rooms, each client a person of its own with a token of its own`,
  })
}

function defineFigures({ figures }: Arena, clients: number) {
  const ids = {
    rate: `posts-${clients}`,
    published: `posts-published-${clients}`,
    wait: `posts-p99-${clients}`,
    time: `posts-time-${clients}`,
    answering: `posts-answering-${clients}`,
    database: `posts-database-${clients}`,
    others: `posts-others-${clients}`,
  }
  const parts = [
    [ids.time, 'Processor time of the whole server side for a message'],
    [ids.answering, '… in the process that answers'],
    [ids.database, '… in Postgres'],
    [ids.others, '… in the broker and whatever else runs'],
  ] as const
  for (const [id, title] of parts)
    figures.define({ id, title: `${title}, ${clients} clients`, unit: 'µs', better: 'less' })
  figures.define({
    id: ids.rate,
    title: `Messages accepted, ${clients} clients`,
    unit: 'per second',
    better: 'more',
  })
  figures.define({
    id: ids.published,
    title: `The same until all are handed to the broker, ${clients} clients`,
    unit: 'per second',
    better: 'more',
  })
  figures.define({
    id: ids.wait,
    title: `POST p99, ${clients} clients in a closed loop`,
    unit: 'ms',
    better: 'less',
  })
  return ids
}
