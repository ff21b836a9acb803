import { setTimeout as delay } from 'node:timers/promises'

const CHECK_EVERY_MS = 10
const PATIENCE_MS = 60_000

/** Polls a condition; if it does not become true in time, the error says what it waited for. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const deadline = performance.now() + patienceMs
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`${what}: not within ${patienceMs / 1_000} s`)
    await delay(CHECK_EVERY_MS)
  }
}
