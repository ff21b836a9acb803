import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startPostgres } from './postgres.ts'
import { throwawayFolder } from './throwaway-folder.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A Postgres for this run; its user may create databases. */
    postgresUrl: string
  }
}

/** One real Postgres for a test run. Its data is thrown away, so it need not survive a power cut. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = throwawayFolder()
  const postgres = await startPostgres({
    dataDir: join(folder.path, 'postgres'),
    settings: ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off'],
  })
  project.provide('postgresUrl', postgres.url)
  return async () => {
    await postgres.child.stop()
    folder.remove()
  }
}
