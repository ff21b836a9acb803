import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DATA_DIR } from './data.ts'

/** `pnpm reset`: removes all local data: messages, people and accounts. */
try {
  // A running Postgres would write parts of it again.
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
