import type { Arena } from '../arena.ts'
import type { Contestant } from '../contestants/contestant.ts'

/** Printed beside a speed: how many acknowledged messages are really stored. */
export async function auditAll(
  { figures }: Arena,
  { id, title }: { id: string; title: string },
  contestants: readonly Contestant[],
): Promise<void> {
  for (const contestant of contestants) {
    const { acknowledged, kept } = await contestant.audit()
    figures.fact({
      id: `audit-${id}-${contestant.name}`,
      title: `${title}: ${contestant.name}`,
      text: `${acknowledged} acknowledged, ${kept} stored once and in order`,
    })
    if (contestant.name === 'conclave' && kept !== acknowledged)
      throw new Error(
        `${title}: ${acknowledged - kept} acknowledged messages are not stored as they were sent`,
      )
  }
}
