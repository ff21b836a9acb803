/** Streams in which something may wait, and those that a flight is working on. */
export interface Boarding {
  add(streams: Iterable<string>): void
  /** Takes the streams of the next flight, at most so many, until they are released. */
  take(most: number): string[]
  release(streams: readonly string[]): void
}

export function createBoarding(): Boarding {
  const waiting = new Set<string>()
  const flying = new Set<string>()
  return {
    add(streams) {
      for (const stream of streams) waiting.add(stream)
    },
    take(most) {
      const taken: string[] = []
      for (const stream of waiting) {
        if (taken.length === most) break
        if (flying.has(stream)) continue
        waiting.delete(stream)
        flying.add(stream)
        taken.push(stream)
      }
      return taken
    },
    release(streams) {
      for (const stream of streams) flying.delete(stream)
    },
  }
}
