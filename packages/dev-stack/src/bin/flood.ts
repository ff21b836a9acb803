import { parseArgs } from 'node:util'
import { buildIfMissing } from '../build.ts'
import { flood } from '../flood/flood.ts'
import { FLOOD_SIZES, type FloodSizeName } from '../flood/flood-sizes.ts'
import { StackError } from '../stack-error.ts'
import { startStack, type Stack } from '../stack.ts'
import { runCommand, sentenceOf } from './run-command.ts'
import { stackFacts } from './stack-facts.ts'

/**
 * `pnpm flood --size large`: a stack as of `pnpm stack`, filled before it is shown. With `--database` and the address that
 * `pnpm stack --json` prints, fills that one and ends.
 */
try {
  const { database, size, data, json } = chosen()
  if (database) await flood({ database, size: sizeNamed(size), onProgress })
  else
    await runCommand(
      async (signal) => startFilled(signal, { size: sizeNamed(size), data }),
      (stack) => process.stdout.write(`${JSON.stringify(stackFacts(stack), null, json ? 0 : 2)}\n`),
    )
} catch (error) {
  process.exitCode = 1
  process.stderr.write(`\n${sentenceOf(error)}\n`)
}

function chosen() {
  return parseArgs({
    options: {
      size: { type: 'string', default: 'small' },
      database: { type: 'string' },
      data: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  }).values
}

async function startFilled(
  signal: AbortSignal,
  { size, data }: { size: FloodSizeName; data: string | undefined },
): Promise<Stack> {
  await buildIfMissing({ signal, onProgress })
  const stack = await startStack({
    web: 'built',
    ports: 'free',
    ...(data ? { dataDir: data } : {}),
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

function sizeNamed(word: string): FloodSizeName {
  const names = Object.keys(FLOOD_SIZES) as FloodSizeName[]
  const size = names.find((name) => name === word)
  if (size) return size
  throw new StackError(`There is no size "${word}": --size is one of ${names.join(', ')}.`)
}

function onProgress(what: string): void {
  process.stderr.write(`  ${what}…\n`)
}
