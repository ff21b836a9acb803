import type { Arena } from '../arena.ts'
import { ROOMS } from '../contestants/contestant.ts'
import { closedLoop } from '../load/closed-loop.ts'
import { textOf } from './texts.ts'

const CLIENTS = 16
const SHARE_OF_ROUND = 1.5

/** Code that was just loaded runs several times slower; nothing is measured in that state. */
export async function warmUp({
  conclave,
  tutorial,
  socketIo,
  options,
  progress,
}: Arena): Promise<void> {
  progress('Warming up')
  for (const each of [conclave, tutorial, socketIo.normal, socketIo.full]) {
    await each.prepare(CLIENTS)
    const seconds = options.seconds * SHARE_OF_ROUND
    await closedLoop({ clients: CLIENTS, seconds }, async (client) => {
      await each.post(client, client % ROOMS, textOf(client))
    })
    await each.settle()
    await each.audit()
  }
}
