import { StackError } from './stack-error.ts'

/** The child's side of a process of the stack: it reads its options, prints a ready line and exits with its parent. */

/** The prefix of a sentence that the parent shows to the person. */
export const SENTENCE = 'To fix: '

/** The options the parent passed in `STACK_OPTIONS`. */
export function readOptions<Options>(): Options {
  return JSON.parse(process.env['STACK_OPTIONS'] ?? '{}') as Options
}

/** Prints the one line on stdout that tells the parent that this process is ready. */
export function ready(facts: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify(facts)}\n`)
}

/** Ends this process with an error; the message of a `StackError` is shown to the person. */
export function failed(error: unknown): never {
  const text = error instanceof StackError ? SENTENCE + error.message : String(error)
  process.stderr.write(`${text}\n`)
  process.exit(1)
}

/** Stops once: on a signal, or when stdin ends because the parent has exited or was killed. */
export function whenToldToStop(stop: () => Promise<void>): void {
  let stopping = false
  async function once(): Promise<void> {
    if (stopping) return
    stopping = true
    await stop()
    process.exit(0)
  }
  process.stdin.resume()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void once())
  process.stdin.on('end', () => void once())
}
