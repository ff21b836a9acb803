import { StackError } from './stack-error.ts'

/** What a process of the stack does on its own side: read its options, say that it is ready, end with its parent. */

/** What stands before a sentence that the parent shows as it is. */
export const SENTENCE = 'To fix: '

/** The options the parent passed in `STACK_OPTIONS`. */
export function readOptions<Options>(): Options {
  return JSON.parse(process.env['STACK_OPTIONS'] ?? '{}') as Options
}

/** The one line on stdout that tells the parent this process answers. */
export function ready(facts: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify(facts)}\n`)
}

/** Ends this process; a sentence that says what to do reaches the person as it is. */
export function failed(error: unknown): never {
  const text = error instanceof StackError ? SENTENCE + error.message : String(error)
  process.stderr.write(`${text}\n`)
  process.exit(1)
}

/** Stops once: on a signal, or when stdin ends because the parent is gone, however it went. */
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
