import { rmSync } from 'node:fs'
import { DATA_DIR } from './data.ts'

/** `pnpm reset`: forgets everything that was said and everyone who signed up. */
rmSync(DATA_DIR, { recursive: true, force: true })
process.stdout.write('  Forgotten. `pnpm dev` makes a new world.\n')
