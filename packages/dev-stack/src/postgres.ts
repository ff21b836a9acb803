import { accessSync, constants, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startChild, type Child } from './child.ts'
import { freePort } from './ports.ts'
import { crashPostgres } from './postgres-crash.ts'
import { StackError } from './stack-error.ts'

export interface Postgres {
  url: string
  child: Child
}

/** A real Postgres 18 from npm, on a free port; `settings` are `name=value` as in postgresql.conf. */
export async function startPostgres(options: {
  dataDir: string
  port?: number
  settings?: string[]
  onLine?: (line: string) => void
}): Promise<Postgres> {
  assertWritable(options.dataDir)
  const port = options.port ?? (await freePort())
  try {
    const child = await startChild({
      name: 'Postgres',
      entry: fileURLToPath(new URL('./processes/postgres-main.ts', import.meta.url)),
      env: {
        STACK_OPTIONS: JSON.stringify({
          dataDir: options.dataDir,
          port,
          settings: options.settings ?? [],
        }),
      },
      ...(options.onLine ? { onLine: options.onLine } : {}),
    })
    return { url: String(child.facts['url']), child: { ...child, kill } }

    async function kill(): Promise<void> {
      await crashPostgres(child.pid)
      await child.kill()
    }
  } catch (error) {
    throw explained(error, options.dataDir)
  }
}

function assertWritable(dataDir: string): void {
  try {
    mkdirSync(dirname(dataDir), { recursive: true })
    accessSync(dirname(dataDir), constants.W_OK)
  } catch {
    throw new StackError(
      `The folder ${dirname(dataDir)} cannot be written: give yourself permission, or pass --data with another folder.`,
    )
  }
}

/** Turns what Postgres says on a start that fails into the sentence that mends it. */
function explained(error: unknown, dataDir: string): unknown {
  const text = error instanceof Error ? error.message : String(error)
  if (/lock file .* already exists/.test(text))
    return new StackError(
      `Another Postgres still uses ${dataDir}: stop the other \`pnpm dev\` (its process number is the first line of postmaster.pid there).`,
    )
  if (/ermission denied|could not access directory/.test(text))
    return new StackError(
      `Postgres may not use ${dataDir} (as root it runs as the user postgres): move the checkout out of a private home folder, or pass --data with a folder it can reach.`,
    )
  if (/not a valid|invalid|could not|corrupt|PANIC|exists but is not empty/.test(text))
    return new StackError(
      `The data folder ${dataDir} is broken: \`pnpm reset\` makes a new one (what was said in it is lost).\n${text}`,
    )
  return error
}
