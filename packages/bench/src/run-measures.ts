import type { Arena } from './arena.ts'
import { startSocketIo } from './contestants/socketio.ts'
import { startTutorial } from './contestants/tutorial.ts'
import { describeMachine } from './machine/machine.ts'
import { createPinning } from './machine/pinning.ts'
import { measureAuthorizations } from './measures/authorizations.ts'
import { measureChanges } from './measures/changes.ts'
import { measureCost } from './measures/cost.ts'
import { measureFanOut } from './measures/fan-out.ts'
import { noteMemory } from './measures/memory.ts'
import { measureEndurance } from './measures/endurance.ts'
import { measureOverload } from './measures/overload.ts'
import { measurePaced } from './measures/paced.ts'
import { measurePages } from './measures/page-reads.ts'
import { measurePosts } from './measures/posts.ts'
import { measureReconnect } from './measures/reconnect.ts'
import { measureRevocation } from './measures/revocation.ts'
import { measureSearches } from './measures/searches.ts'
import { measureStarts } from './measures/starts.ts'
import { measureWeb } from './measures/web.ts'
import { warmUp } from './measures/warm-up.ts'
import { MEASURES, type MeasureName, type Options } from './options.ts'
import { createFigures } from './report/figures.ts'
import type { Result } from './report/result.ts'
import { FOLDER, openWorld } from './bench-world.ts'

const MEASURE: Record<MeasureName, (arena: Arena) => Promise<void>> = {
  starts: measureStarts,
  posts: measurePosts,
  paced: measurePaced,
  authorizations: measureAuthorizations,
  fanout: measureFanOut,
  // Idle memory was measured before anything else.
  memory: async (arena) => noteMemory(arena, 'loaded'),
  reconnect: measureReconnect,
  pages: measurePages,
  changes: measureChanges,
  searches: measureSearches,
  cost: measureCost,
  web: measureWeb,
}

/** Starts all contestants, measures what was asked for, and leaves nothing running. */
export async function runBench(options: Options, progress: Arena['progress']): Promise<Result> {
  const startedAt = performance.now()
  const pinning = createPinning()
  const figures = createFigures()
  progress('Starting Conclave and its peers')
  const world = await openWorld({ pinning, people: options.people })
  const closing = [world.close]
  try {
    const machine = await describeMachine(world.sql, { folder: FOLDER, pinning: pinning.words })
    const [tutorial, normal, full] = await pinning.serverSide(async () => [
      await startTutorial(world.conclave.stack),
      await startSocketIo('NORMAL', FOLDER),
      await startSocketIo('FULL', FOLDER),
    ])
    closing.unshift(...[tutorial, normal, full, world.conclave].map((each) => each.close))
    const arena: Arena = {
      options,
      pinning,
      figures,
      conclave: world.conclave,
      tutorial,
      socketIo: { normal, full },
      progress,
    }
    figures.fact({
      id: 'first-start',
      title: 'The whole stack, from an empty disk',
      text: `${Math.round(world.startedInMs)} ms`,
    })
    noteMemory(arena, 'idle')
    await warmUp(arena)
    await measureAll(arena)
    const seconds = (performance.now() - startedAt) / 1_000
    return { machine, options, seconds, ...figures }
  } finally {
    for (const close of closing) await close()
  }
}

async function measureAll(arena: Arena): Promise<void> {
  const { mode, measures } = arena.options
  if (mode === 'endurance') return measureEndurance(arena)
  if (mode === 'overload') return measureOverload(arena)
  if (mode === 'revocation') return measureRevocation(arena)
  for (const name of MEASURES) if (measures.includes(name)) await MEASURE[name](arena)
}
