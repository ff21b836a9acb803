import type { Arena } from './arena.ts'
import { watchGenerator } from './machine/usage.ts'

/** Alternates: each round measures every contestant once, one after the other, and waits until each is idle. */
export async function alternate<Who extends Turn>(
  arena: Arena,
  { clients, who }: { clients: number; who: readonly Who[] },
  measure: (contestant: Who) => Promise<Record<string, number>>,
): Promise<void> {
  for (let round = 0; round < arena.options.rounds; round++) {
    for (const contestant of who) {
      await contestant.prepare(clients)
      const generator = watchGenerator()
      const values = await measure(contestant)
      const percent = generator()
      for (const [id, value] of Object.entries(values))
        arena.figures.note(id, contestant.name, value, percent)
      await contestant.settle()
    }
  }
}

interface Turn {
  readonly name: string
  prepare(clients: number): Promise<void>
  settle(): Promise<void>
}
