import type { Arena } from '../arena.ts'
import { memoryOf } from '../machine/usage.ts'

/** Memory of the process that answers, before the first request and after the load. */
export function noteMemory(
  { figures, conclave, tutorial, socketIo }: Arena,
  when: 'idle' | 'loaded',
): void {
  figures.define({
    id: `memory-${when}`,
    title: when === 'idle' ? 'Resident memory, idle' : 'Resident memory, after the load',
    unit: 'MB',
    better: 'less',
  })
  for (const each of [conclave, tutorial, socketIo.normal])
    figures.note(`memory-${when}`, each.name, memoryOf(each.pid()))
}
