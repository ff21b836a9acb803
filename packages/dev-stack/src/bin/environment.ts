import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { ROOT } from '../root.ts'
import { StackError } from '../stack-error.ts'

/** The environment, completed by `.env`. */
export function environment(): NodeJS.ProcessEnv {
  const file = join(ROOT, '.env')
  return { ...(existsSync(file) ? parseEnv(textOf(file)) : {}), ...process.env }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new StackError(`${file} cannot be read: give yourself permission, or remove it.`)
  }
}
