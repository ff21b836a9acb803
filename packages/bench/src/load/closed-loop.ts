const WARM_UP_MS = 300

export interface Load {
  /** How many were done within the measured time. */
  count: number
  seconds: number
  /** The duration of each one done within the measured time, in ms. */
  waits: number[]
}

/** Runs this many clients in parallel; each does the next thing when the last one is answered. */
export async function closedLoop(
  { clients, seconds }: { clients: number; seconds: number },
  act: (client: number) => Promise<void>,
): Promise<Load> {
  const waits: number[] = []
  const from = performance.now() + WARM_UP_MS
  const until = from + seconds * 1_000
  async function run(client: number): Promise<void> {
    for (;;) {
      const startedAt = performance.now()
      if (startedAt >= until) return
      await act(client)
      const now = performance.now()
      if (now >= from && now < until) waits.push(now - startedAt)
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, client) => run(client)))
  return { count: waits.length, seconds, waits }
}
