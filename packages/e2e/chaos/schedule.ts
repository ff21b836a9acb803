import { randomOf } from './random.ts'

/** What is killed; `both` is the api and Postgres at one moment. */
export const KINDS = ['api', 'broker', 'postgres', 'both'] as const
export type Kind = (typeof KINDS)[number]

const SHARES: Record<Kind, number> = { api: 0.45, broker: 0.15, postgres: 0.3, both: 0.1 }

/** Which kills there will be, in which order: every kind at least once, and the same for the same seed. */
export function scheduleOf(seed: number, kills: number): Kind[] {
  const random = randomOf(seed, 'schedule')
  const kinds = KINDS.flatMap((kind) =>
    Array.from({ length: Math.max(1, Math.round(SHARES[kind] * kills)) }, () => kind),
  )
  while (kinds.length < kills) kinds.push('api')
  return kinds
    .slice(0, Math.max(kills, KINDS.length))
    .map((kind) => ({ kind, place: random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ kind }) => kind)
}
