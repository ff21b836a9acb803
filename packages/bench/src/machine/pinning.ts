import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'

/** Runs the servers on one core and the load generator on another. */
const SERVER_CORE = 0
const GENERATOR_CORE = 1

export interface Pinning {
  /** A description for the report. */
  readonly words: string
  /** Child processes inherit the core of their parent, so what starts in here is on the server side. */
  serverSide<Started>(start: () => Promise<Started>): Promise<Started>
}

export function createPinning(): Pinning {
  if (availableParallelism() < 2) return unpinned('this machine has one core')
  if (!moveTo(GENERATOR_CORE)) return unpinned('this machine has no taskset')
  return {
    words: `server side on core ${SERVER_CORE}, load generator on core ${GENERATOR_CORE}`,
    async serverSide(start) {
      moveTo(SERVER_CORE)
      try {
        return await start()
      } finally {
        moveTo(GENERATOR_CORE)
      }
    },
  }
}

function unpinned(why: string): Pinning {
  return {
    words: `not pinned, because ${why}: the figures are only a hint`,
    serverSide: async (start) => start(),
  }
}

function moveTo(core: number): boolean {
  const { status } = spawnSync('taskset', ['-a', '-c', '-p', String(core), String(process.pid)], {
    stdio: 'ignore',
  })
  return status === 0
}
