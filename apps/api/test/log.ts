import { Writable } from 'node:stream'

export interface CapturedLog {
  stream: Writable
  /** All log lines so far. */
  text(): string
  lines(): Record<string, unknown>[]
}

export function captureLog(): CapturedLog {
  const chunks: string[] = []
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      chunks.push(chunk.toString('utf8'))
      done()
    },
  })
  const text = () => chunks.join('')
  return {
    stream,
    text,
    lines: () =>
      text()
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  }
}
