import { until } from '../load/until.ts'
import { openClients } from './scale-clients.ts'
import type { ScaleRun } from './scale-run.ts'

const SECOND = 1_000
const MEGABYTE = 1e6
const BACK_WITHIN_MS = 600_000

/** The broker is killed while everybody is connected, and started again. */
export async function measureReturn({ options, sides, note, progress }: ScaleRun): Promise<void> {
  for (const side of sides) {
    const { stack, http, size } = side.world
    await side.closeTab()
    progress(`${options.returning} clients connect in the ${size} team`)
    const clients = await openClients(side.world, options.returning)
    try {
      for (let round = 0; round < options.rounds; round++) {
        await clients.crowd.renew(clients.crowd.size)
        await side.world.published()
        http.takeBytes()
        await stack.killPusher()
        await until('nobody is connected', () =>
          clients.all.every((client) => client.settledOn([]) === undefined),
        )
        await stack.startPusher()
        const startedAt = performance.now()
        const sinces = () => clients.all.flatMap((client) => client.settledOn([]) ?? [])
        await until(
          'everybody is back',
          () => sinces().length === clients.all.length,
          BACK_WITHIN_MS,
        )
        note('return-time', side, (Math.max(...sinces()) - startedAt) / SECOND)
        note('return-bytes', side, http.takeBytes() / MEGABYTE)
      }
    } finally {
      clients.close()
    }
  }
}
