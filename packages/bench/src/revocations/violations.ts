import type { Conclave } from '../contestants/conclave.ts'
import type { RevocationResult } from './revoke-once.ts'
import { ROOM, type Scene } from './scene.ts'
import type { Said } from './steady-posts.ts'
import type { Publish } from './vendor.ts'

/** Counts that must all be 0. */
export interface Violations {
  /** Messages that one of the others does not have at the end, counted for each of them. */
  lost: number
  /** Messages that one of the others would have shown a second time. */
  twice: number
  /** Acknowledged posts that are not stored once, as they were sent and in order. */
  unkept: number
  /** Messages sent after the answer that the modified client could read. */
  overheard: number
  /** Batches published after the answer to a channel that the person lost. */
  published: number
}

/** Counts the violations of one state of the broker, once everything has been published. */
export async function countViolations(
  conclave: Conclave,
  scene: Scene,
  given: {
    revocations: readonly RevocationResult[]
    said: readonly Said[]
    publishes: readonly Publish[]
  },
): Promise<Violations> {
  const { revocations, said, publishes } = given
  const { acknowledged, kept } = await conclave.audit()
  const stored = await conclave.sql<{ seq: number }[]>`
    select seq::int as seq from messages
    where room_id = ${conclave.roomIds[ROOM] ?? ''}
      and seq >= ${Math.min(...said.map(({ seq }) => seq))}`
  return {
    lost: sum(scene.members, ({ watch }) => count(stored, ({ seq }) => !watch.shown.has(seq))),
    twice: sum(scene.members, ({ watch }) => count(stored, ({ seq }) => watch.twice.has(seq))),
    unkept: acknowledged - kept,
    overheard: sum(revocations, ({ answeredAt, modified }) =>
      count(said, ({ seq, sentAt }) => sentAt > answeredAt && modified.seqs.has(seq)),
    ),
    published: sum(revocations, ({ answeredAtClock, lost }) =>
      count(
        publishes,
        ({ at, channels }) => at > answeredAtClock && channels.some((name) => lost.includes(name)),
      ),
    ),
  }
}

function sum<Each>(list: readonly Each[], of: (each: Each) => number): number {
  return list.reduce((total, each) => total + of(each), 0)
}

function count<Each>(list: readonly Each[], is: (each: Each) => boolean): number {
  return list.filter(is).length
}
