import { StackError } from '../stack-error.ts'
import type { Stack } from '../stack.ts'

/** The exit code of a program that was ended by Ctrl-C. */
const INTERRUPTED = 130

/**
 * Starts a stack, shows it, and runs until a signal arrives, even during the start. Problems that a person can fix are
 * printed as one sentence, without a stack trace.
 */
export async function runCommand(
  start: (signal: AbortSignal) => Promise<Stack>,
  show: (stack: Stack) => void,
): Promise<void> {
  const stop = stopSignal()
  try {
    const stack = await start(stop)
    show(stack)
    if (!stop.aborted) await new Promise((resolve) => stop.addEventListener('abort', resolve))
    await stack.close()
  } catch (error) {
    process.exitCode = stop.aborted ? INTERRUPTED : 1
    if (!stop.aborted) process.stderr.write(`\n${sentenceOf(error)}\n`)
  }
  // A signal handler and a pipe would keep an otherwise finished process alive.
  process.exit()
}

function stopSignal(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => controller.abort())
  return controller.signal
}

/** An error as a person reads it. Bugs keep their stack trace, so that they can be reported. */
export function sentenceOf(error: unknown): string {
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
