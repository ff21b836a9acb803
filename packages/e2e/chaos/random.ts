/** Numbers in [0, 1): the same ones for the same seed and name, whatever other names draw. */
export type Random = () => number

/** Mulberry32, started from an FNV-1a hash of the name. */
export function randomOf(seed: number, name: string): Random {
  let state = seed | 0
  for (const character of name)
    state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 16_777_619)
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export function between(random: Random, least: number, most: number): number {
  return least + random() * (most - least)
}
