import { StackError } from '../stack-error.ts'
import type { Stack } from '../stack.ts'

/** Starts, shows, and runs until told to stop; a problem with a mend is one sentence, not a stack trace. */
export async function run(
  start: () => Promise<Stack>,
  show: (stack: Stack) => void,
): Promise<void> {
  const told = toldToStop()
  try {
    const stack = await start()
    show(stack)
    await told
    await stack.close()
  } catch (error) {
    if (!(error instanceof StackError)) throw error
    process.stderr.write(`\n${error.message}\n`)
    process.exitCode = 1
  }
  // A signal handler and a pipe would keep an otherwise finished process alive.
  process.exit()
}

async function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => resolve())
  })
}
