import { createHash } from 'node:crypto'
import type { Clock, Environment } from '../src/environment.ts'

/** As often as a screen with 60 frames a second. */
const FRAME_MS = 16

const clock: Clock = {
  now: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

/** The environment of a client on Node, which is always online and visible: for chaos, the bench and tests. */
export const nodeEnvironment: Environment = {
  clock,
  frame: (run) => clock.after(FRAME_MS, run),
  sha256: async (data) => new Uint8Array(createHash('sha256').update(data).digest()),
  isOnline: () => true,
  isHidden: () => false,
  onNetwork: () => () => undefined,
  onVisibility: () => () => undefined,
}
