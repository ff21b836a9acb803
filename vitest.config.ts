import { createHash } from 'node:crypto'
import { relative } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { compiledWords } from './apps/web/server/compiled-words.ts'

/**
 * When to give up on what is broken. A test that passes never waits so long, however busy the machine is; no test has a
 * bound of its own, unless that bound is what it tests.
 */
const GIVE_UP = { testMs: 300_000, hookMs: 300_000, pollMs: 60_000 }

/** Another order in each run, which Vitest prints; `TEST_SEED=7` repeats one. */
const SEED = Number(process.env['TEST_SEED'] ?? Date.now())

/** A process that takes a file of another project begins anew, so projects come one after another, the longest first. */
const LONGEST_FIRST = ['api', 'dev-stack', 'auth0-emulator']

class ProjectByProject extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const names = new Set([...LONGEST_FIRST, ...files.map(({ project }) => project.name)])
    const shuffled = shuffle(files)
    return [...names].flatMap((name) => shuffled.filter(({ project }) => project.name === name))
  }
}

/** One project a package; the api's tests share one real Postgres, with a database for each file. */
export default defineConfig({
  test: {
    // Two cores, and a third of the time a test waits for a process or a limit.
    maxWorkers: 3,
    // No module of ours keeps state, so files may share what they import: a third of the processor's time was importing.
    isolate: false,
    testTimeout: GIVE_UP.testMs,
    hookTimeout: GIVE_UP.hookMs,
    expect: { poll: { timeout: GIVE_UP.pollMs } },
    sequence: { shuffle: { tests: true }, seed: SEED, sequencer: ProjectByProject },
    projects: [
      project('shared', 'packages/shared'),
      project('client', 'packages/client'),
      project('pusher-emulator', 'packages/pusher-emulator'),
      project('auth0-emulator', 'packages/auth0-emulator'),
      { ...project('web', 'apps/web'), plugins: [compiledWords()] },
      project('bench', 'packages/bench'),
      project('repository', 'scripts'),
      {
        extends: true,
        test: {
          name: 'api',
          root: 'apps/api',
          include: ['{src,test}/**/*.test.ts'],
          globalSetup: [
            new URL('packages/dev-stack/src/vitest-postgres.ts', import.meta.url).pathname,
            new URL('apps/api/test/vitest-tenant-keys.ts', import.meta.url).pathname,
          ],
        },
      },
      {
        extends: true,
        test: {
          name: 'dev-stack',
          root: 'packages/dev-stack',
          include: ['{src,test}/**/*.test.ts'],
        },
      },
    ],
  },
})

function project(name: string, root: string) {
  return {
    extends: true as const,
    test: { name, root, include: ['{src,test,server}/**/*.test.{ts,tsx}', '*.test.ts'] },
  }
}

/** The same order for the same seed, on every machine. */
function shuffle(files: TestSpecification[]): TestSpecification[] {
  return files.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
}

function placeOf({ moduleId }: TestSpecification): string {
  const path = relative(import.meta.dirname, moduleId)
  return createHash('sha256').update(`${SEED} ${path}`).digest('hex')
}
