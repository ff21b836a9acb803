import { parseArgs } from 'node:util'
import { buildIfMissing } from '../build.ts'
import { flood } from '../flood/flood.ts'
import { FLOOD_SIZES, type FloodSizeName } from '../flood/flood-sizes.ts'
import { StackError } from '../stack-error.ts'
import { startStack } from '../stack.ts'
import { runCommand } from './run-command.ts'
import { stackFacts } from './stack-facts.ts'

/**
 * `pnpm flood --size large`: a stack as of `pnpm stack`, filled before it is shown. With `--database` and the address that
 * `pnpm stack --json` prints, fills that one and ends.
 */
const { values } = parseArgs({
  options: {
    size: { type: 'string', default: 'small' },
    database: { type: 'string' },
    data: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})

if (values.database) await fill(values.database)
else
  await runCommand(startFilled, (stack) =>
    process.stdout.write(`${JSON.stringify(stackFacts(stack), null, values.json ? 0 : 2)}\n`),
  )

async function startFilled(signal: AbortSignal) {
  const size = sizeNamed(values.size)
  await buildIfMissing({ signal, onProgress })
  const stack = await startStack({
    web: 'built',
    ports: 'free',
    ...(values.data ? { dataDir: values.data } : {}),
    seed: true,
    signal,
    onProgress,
  })
  try {
    await flood({ database: stack.database, size, onProgress })
    return stack
  } catch (error) {
    await stack.close()
    throw error
  }
}

async function fill(database: string): Promise<void> {
  try {
    await flood({ database, size: sizeNamed(values.size), onProgress })
  } catch (error) {
    process.exitCode = 1
    process.stderr.write(`\n${error instanceof StackError ? error.message : String(error)}\n`)
  }
}

function sizeNamed(word: string): FloodSizeName {
  const names = Object.keys(FLOOD_SIZES) as FloodSizeName[]
  const size = names.find((name) => name === word)
  if (size) return size
  throw new StackError(`There is no size "${word}": --size is one of ${names.join(', ')}.`)
}

function onProgress(what: string): void {
  process.stderr.write(`  ${what}…\n`)
}
