import { setTimeout as delay } from 'node:timers/promises'

/**
 * Starts this many a second, whether or not the last is answered, as independent people do. Each duration counts from
 * the planned start, so that a stall is included.
 */
export async function paced(
  { count, perSecond }: { count: number; perSecond: number },
  act: (turn: number) => Promise<void>,
): Promise<number[]> {
  const waits: number[] = []
  const startedAt = performance.now()
  const acts: Promise<void>[] = []
  for (let turn = 0; turn < count; turn++) {
    const due = startedAt + (turn * 1_000) / perSecond
    const early = due - performance.now()
    if (early > 0) await delay(early)
    acts.push(one(turn, due))
  }
  await Promise.all(acts)
  return waits

  async function one(turn: number, due: number): Promise<void> {
    await act(turn)
    waits.push(performance.now() - due)
  }
}
