import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DATA_DIR } from './data.ts'

/** `pnpm reset`: forgets everything that was said and everyone who signed up. */
try {
  // Removed under a Postgres that runs, it would be written again in part.
  if (existsSync(join(DATA_DIR, 'postgres/postmaster.pid')))
    process.stdout.write('  If `pnpm dev` still runs, stop it: its data is gone now.\n')
  rmSync(DATA_DIR, { recursive: true, force: true })
  process.stdout.write('  Forgotten. `pnpm dev` makes a new world.\n')
} catch {
  process.stderr.write(
    `  ${DATA_DIR} belongs to another user, who started it before: run \`pnpm reset\` as that user (for root, with sudo).\n`,
  )
  process.exitCode = 1
}
