/** The streams that may have unread events, and those that a flight is reading. */
export interface StreamQueue {
  add(streams: Iterable<string>): void
  /** Returns at most so many streams for the next flight; they are not returned again until they are released. */
  take(most: number): string[]
  release(streams: readonly string[]): void
}

export function createStreamQueue(): StreamQueue {
  const waiting = new Set<string>()
  const busy = new Set<string>()
  return {
    add(streams) {
      for (const stream of streams) waiting.add(stream)
    },
    take(most) {
      const taken: string[] = []
      for (const stream of waiting) {
        if (taken.length === most) break
        if (busy.has(stream)) continue
        waiting.delete(stream)
        busy.add(stream)
        taken.push(stream)
      }
      return taken
    },
    release(streams) {
      for (const stream of streams) busy.delete(stream)
    },
  }
}
