import type { Arena } from '../arena.ts'

/** From the start of the serving process to its first answer, with existing data. */
export async function measureStarts(arena: Arena): Promise<void> {
  const { conclave, socketIo, pinning, figures, options } = arena
  arena.progress('Starting processes')
  figures.define({ id: 'starts', title: 'Start of the server', unit: 'ms', better: 'less' })
  const starts = [
    {
      name: conclave.name,
      kill: () => conclave.stack.killApi(),
      start: () => conclave.stack.startApi(),
    },
    { ...socketIo.normal, name: socketIo.normal.name },
  ]
  for (let round = 0; round < options.rounds; round++) {
    for (const { name, kill, start } of starts) {
      await kill()
      const startedAt = performance.now()
      await pinning.serverSide(start)
      figures.note('starts', name, performance.now() - startedAt)
    }
  }
}
