import { randomOf, type Random } from './random.ts'

/** What is killed; `both` is the api and Postgres at one moment. */
export const KINDS = ['api', 'broker', 'postgres', 'both'] as const
export type Kind = (typeof KINDS)[number]

const SHARES: Record<Kind, number> = { api: 0.45, broker: 0.15, postgres: 0.3, both: 0.1 }

/** Which kills there will be, in which order: one of every kind first, and the same for the same seed. */
export function scheduleOf(seed: number, kills: number): Kind[] {
  const random = randomOf(seed, 'schedule')
  const rest = KINDS.flatMap((kind) =>
    Array.from({ length: Math.ceil(SHARES[kind] * kills) }, () => kind),
  )
  return [...shuffled(KINDS, random), ...shuffled(rest, random)].slice(0, kills)
}

function shuffled(kinds: readonly Kind[], random: Random): Kind[] {
  return kinds
    .map((kind) => ({ kind, place: random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ kind }) => kind)
}
