export interface FrameFaults {
  /** Probabilities in [0, 1] that a delivery is dropped, duplicated, or sent after the next one. */
  readonly drop: number
  readonly duplicate: number
  readonly reorder: number
  readonly random: () => number
}

/** The same numbers in [0, 1) for the same seed (Mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
