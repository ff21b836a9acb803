import { setTimeout as delay } from 'node:timers/promises'

const CHECK_EVERY_MS = 20

/** Rejects when the signal does, so that nothing outlives the run. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal })
}

/** Waits for a condition; on timeout the error says what it waited for. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  { signal, ms }: { signal: AbortSignal; ms: number },
): Promise<void> {
  const deadline = performance.now() + ms
  while (!(await condition())) {
    if (performance.now() > deadline)
      throw new Error(`${what}: not within ${Math.round(ms / 1000)} s`)
    await pause(CHECK_EVERY_MS, signal)
  }
}
