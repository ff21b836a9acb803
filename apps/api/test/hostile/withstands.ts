import * as fc from 'fast-check'
import { inject, type TestContext } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** What `pnpm test:hostile` was asked for. */
    hostile: { seed: number; cases: number }
  }
  interface TaskMeta {
    /** How many cases the test ran. */
    cases?: number
    /** What it measured, a line each. */
    measured?: string[]
  }
}

/** Runs as many cases as asked for. What it finds is made as small as it gets, and told with the seed. */
export async function withstands<Case>(
  { task }: TestContext,
  property: fc.IAsyncProperty<Case>,
): Promise<void> {
  const { seed, cases } = inject('hostile')
  await fc.assert(property, { seed, numRuns: cases })
  task.meta.cases = cases
}
