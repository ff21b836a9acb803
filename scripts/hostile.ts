import { parseArgs } from 'node:util'
import { startVitest, type TestCase } from 'vitest/node'

/**
 * `pnpm test:hostile`: thousands of random cases against the running api, more than in every run. `--seed 7` repeats a
 * run, `--cases 100` sets how many for each test.
 */
const CASES = 1_000
const root = new URL('../', import.meta.url).pathname

const { values } = parseArgs({ options: { seed: { type: 'string' }, cases: { type: 'string' } } })
const seed = wholeNumber('seed', values.seed) ?? Math.floor(Math.random() * 1_000_000)
const cases = wholeNumber('cases', values.cases) ?? CASES

process.stdout.write(`hostile: seed ${seed}, ${cases} cases a test\n`)
const vitest = await startVitest('test', [], {
  config: false,
  watch: false,
  root: `${root}apps/api`,
  include: ['test/hostile/*.hostile.ts'],
  globalSetup: [
    `${root}packages/dev-stack/src/vitest-postgres.ts`,
    `${root}apps/api/test/vitest-tenant-keys.ts`,
  ],
  provide: { hostile: { seed, cases } },
  maxWorkers: 2,
  testTimeout: 60 * 60_000,
  hookTimeout: 60_000,
})
const modules = vitest.state.getTestModules()
const notes = modules.flatMap((module) => [...module.children.allTests()]).map(notesOf)
await vitest.close()

for (const line of notes.flatMap(({ measured = [] }) => measured))
  process.stdout.write(`  ${line}\n`)
const ran = notes.reduce((sum, { cases = 0 }) => sum + cases, 0)
const ok = ran > 0 && modules.every((module) => module.ok())
process.stdout.write(
  ok
    ? `hostile: ${ran} cases ran and found nothing (seed ${seed})\n`
    : `hostile: FAILED; again with --seed ${seed} --cases ${cases}\n`,
)
process.exitCode = ok ? 0 : 1

/** What a test noted about itself; `apps/api/test/hostile/withstands.ts` declares it. */
function notesOf(test: TestCase): { cases?: number; measured?: string[] } {
  const notes: object = test.meta()
  return notes
}

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new Error(`--${name} is a whole number`)
}
