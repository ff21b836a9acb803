import { createHash } from 'node:crypto'
import type { Environment } from '../src/environment.ts'

/** The environment of a client on Node, which is always online and visible: for chaos, the bench and tests. */
export const nodeEnvironment: Environment = {
  clock: {
    now: () => performance.now(),
    after: (ms, run) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
  },
  sha256: async (data) => new Uint8Array(createHash('sha256').update(data).digest()),
  isOnline: () => true,
  isHidden: () => false,
  onNetwork: () => () => undefined,
  onVisibility: () => () => undefined,
}
