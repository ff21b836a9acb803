import { StackError } from '../stack-error.ts'
import type { Stack } from '../stack.ts'

/** As a shell says of a program that Ctrl-C ended. */
const INTERRUPTED = 130

/** Starts, shows, and runs until told to stop, also while it starts; a problem is one sentence, not a stack trace. */
export async function run(
  start: (signal: AbortSignal) => Promise<Stack>,
  show: (stack: Stack) => void,
): Promise<void> {
  const told = toldToStop()
  try {
    const stack = await start(told)
    show(stack)
    if (!told.aborted) await new Promise((resolve) => told.addEventListener('abort', resolve))
    await stack.close()
  } catch (error) {
    process.exitCode = told.aborted ? INTERRUPTED : 1
    if (!told.aborted) process.stderr.write(`\n${sentenceOf(error)}\n`)
  }
  // A signal handler and a pipe would keep an otherwise finished process alive.
  process.exit()
}

function toldToStop(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => controller.abort())
  return controller.signal
}

/** What is nobody's mistake but ours keeps its stack trace: it is to be reported. */
function sentenceOf(error: unknown): string {
  if (error instanceof StackError) return error.message
  const { code = '', path = 'this folder', message } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC') return `There is no space left on the disk of ${path}: free some.`
  if (['EACCES', 'EPERM', 'EROFS'].includes(code))
    return `${path} may not be used: give yourself permission, or work on a checkout of your own.`
  if (code === 'EMFILE' || code === 'ENFILE')
    return 'Too many files are open: raise the limit (`ulimit -n 4096`) and start again.'
  if (code.startsWith('ERR_PARSE_ARGS')) return `${message} CONTRIBUTING.md lists the options.`
  return error instanceof Error ? (error.stack ?? message) : String(error)
}
