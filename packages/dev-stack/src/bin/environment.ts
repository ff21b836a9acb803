import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { ROOT } from '../root.ts'

/** The environment, with what `.env` says where the environment is silent. */
export function environment(): NodeJS.ProcessEnv {
  const file = join(ROOT, '.env')
  const written = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}
  return { ...written, ...process.env }
}
